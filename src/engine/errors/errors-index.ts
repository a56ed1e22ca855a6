import { probeService } from '../../shared/runs/probe-names';
import { Pace } from '../pace/pace';
import type { SpanIndexReader, StoreReader } from '../store/reader/reader';
import { ErrorAttributes } from './error-attributes';
import { ErrorRows, SPAN } from './error-rows';
import { GroupTable } from './group-table';
import { joinTellings } from './join-tellings';
import { readErrorLines } from './read-error-lines';
import { readErrorSpans } from './read-error-spans';
import type { Reading } from './reading';
import type { SeqRange } from './seq-range';
import { ToldExceptions } from './told-exceptions';

/** Tellings that are kept, spans and lines together; the oldest make room. */
const MOST_ROWS = 240_000;
/** What is left when they did. */
const ROWS_LEFT = 200_000;
/** Of spans, and of lines, that are looked at where nothing was before. */
const MOST_AT_FIRST = 100_000;
const ROWS_AT_ONCE = 250_000n;
/** Of each table, in one stretch that nobody waits for: about the rows that DuckDB keeps together, of which it reads a part as slowly as all of them. */
const ROWS_AHEAD = 131_072n;
/** Of a row that is joined with its trace, in units of `Pace.isDueAfter`. */
const JOINED_ROW = 100;
const ERROR = { spans: 'status = 2', logs: 'severity >= 17' } as const;

/** Rows whose errors are counted together, to find where the newest begin. */
const COUNTED_ROWS = 65_536;

type Table = 'spans' | 'logs';

const FROM_THE_FIRST = { spans: 0n, logs: 0n } as const;

interface Ends {
  readonly first: bigint | null;
  readonly last: bigint | null;
}

interface Bounds extends Record<Table, Ends> {
  readonly startNs: bigint | null;
}

/** How far an index has come. */
export interface Looked {
  readonly rows: ErrorRows;
  readonly groups: GroupTable;
  /** Another one when anything came or went. */
  readonly version: string;
  /** The time of the oldest span or line, Unix milliseconds; null where there is none. */
  readonly keptSince: number | null;
  /** Spans and lines of errors that were too many to be looked at, or made room; all of them older than those that are kept. */
  readonly dropped: number;
}

/**
 * The errors of an opened database. Rows are only appended, so that each is looked at once; what retention deleted is forgotten.
 */
export class ErrorsIndex {
  private static readonly ofIndex = new WeakMap<SpanIndexReader, ErrorsIndex>();
  private readonly rows = new ErrorRows();
  private readonly groups = new GroupTable();
  private readonly attributes = new ErrorAttributes();
  private readonly next: Record<Table, bigint> = { spans: 0n, logs: 0n };
  private readonly oldest: Record<Table, bigint> = { spans: 0n, logs: 0n };
  private dropped = 0;
  private changes = 0;
  private keptNs: bigint | null = null;
  private refreshing: Promise<void> = Promise.resolve();

  private constructor(private readonly reader: StoreReader) {}

  /** That of the opened database: in one that is opened anew the ids are others. */
  static of(reader: StoreReader): ErrorsIndex {
    const opened = reader.spanIndex();
    const index = ErrorsIndex.ofIndex.get(opened) ?? new ErrorsIndex(reader);
    ErrorsIndex.ofIndex.set(opened, index);
    return index;
  }

  /** Everything that is visible now. What is answered holds until the next turn. Rejects with the signal's reason. */
  async look(signal: AbortSignal): Promise<Looked> {
    await this.inTurn(() => this.refresh(signal, ROWS_AT_ONCE));
    const { rows, groups, changes, dropped, keptNs } = this;
    const keptSince = keptNs === null ? null : Number(keptNs / 1_000_000n);
    return { rows, groups, dropped, keptSince, version: String(changes) };
  }

  /** A stretch of what nobody asked about yet; whether more is left. Rejects with the signal's reason. */
  lookAhead(signal: AbortSignal): Promise<boolean> {
    return this.inTurn(() => this.refresh(signal, ROWS_AHEAD, true));
  }

  /** One after the other; what an aborted one did not look at, the next one does. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.refreshing.then(work);
    this.refreshing = turn.then(
      () => {},
      () => {},
    );
    return turn;
  }

  /** In stretches of so many rows, all of them or one of each table; whether rows are left. */
  private async refresh(signal: AbortSignal, rowsAtOnce: bigint, isOne = false): Promise<boolean> {
    const bounds = await this.boundsOf(this.next, signal);
    this.keptNs = earlier(this.keptNs, bounds.startNs);
    if (this.forgetDeleted(bounds)) this.keptNs = (await this.boundsOf(FROM_THE_FIRST, signal)).startNs;
    let reading: Reading | undefined;
    let isLeft = false;
    for (const table of ['spans', 'logs'] as const) {
      const { last } = bounds[table];
      if (last === null || last < this.next[table]) continue;
      const from = await this.beginOf(table, signal);
      reading ??= await this.beginReading(signal);
      for (let at = from; at <= last; at += rowsAtOnce) {
        const to = at + rowsAtOnce <= last ? at + rowsAtOnce : last + 1n;
        await this.add(table, { from: at, to }, reading, signal);
        this.next[table] = to;
        if (isOne) break;
      }
      isLeft ||= this.next[table] <= last;
    }
    return isLeft;
  }

  private async beginReading(signal: AbortSignal): Promise<Reading> {
    const { reader, rows, groups, attributes } = this;
    await attributes.refresh(reader, signal);
    const exceptions = new ToldExceptions(reader, groups, attributes);
    return { reader, rows, groups, exceptions, isLeftOut: (resource) => this.isProbe(resource) };
  }

  private async add(table: Table, range: SeqRange, reading: Reading, signal: AbortSignal): Promise<void> {
    const { rows } = this;
    const first = rows.length;
    try {
      await (table === 'spans' ? readErrorSpans : readErrorLines)(reading, range, signal);
      await this.join(first, signal);
    } catch (error) {
      // Looked at again as a whole.
      rows.keep((at) => at < first);
      throw error;
    }
    if (rows.length === first) return;
    this.changes++;
    if (rows.length > MOST_ROWS) this.makeRoom();
  }

  /** What was added from `first` on, with what its traces told before. */
  private async join(first: number, signal: AbortSignal): Promise<void> {
    const { rows } = this;
    const pace = new Pace(signal);
    for (let at = rows.length - 1; at >= first; at--) {
      if (pace.isDueAfter(JOINED_ROW)) await pace.turn();
      const together = rows.together(at);
      // Once for each trace, at its newest row.
      if (together[0] === at && together.length > 1) joinTellings(rows, together);
    }
  }

  private makeRoom(): void {
    const { rows } = this;
    const times = rows.time.slice(0, rows.length).sort();
    const least = times[rows.length - ROWS_LEFT]!;
    const before = rows.length;
    rows.keep((at) => rows.time[at]! >= least);
    this.dropped += before - rows.length;
    this.forgetGroups();
  }

  /** Where the database was cleaned or its oldest rows were deleted. */
  private forgetDeleted(bounds: Bounds): boolean {
    const oldest = { spans: bounds.spans.first ?? this.next.spans, logs: bounds.logs.first ?? this.next.logs };
    if (oldest.spans === this.oldest.spans && oldest.logs === this.oldest.logs) return false;
    Object.assign(this.oldest, oldest);
    const { rows } = this;
    const before = rows.length;
    rows.keep((at) => rows.seq[at]! >= (rows.source[at] === SPAN ? oldest.spans : oldest.logs));
    if (rows.length === before) return true;
    this.changes++;
    this.dropped = 0;
    this.forgetGroups();
    return true;
  }

  private forgetGroups(): void {
    const { rows, groups } = this;
    const used = new Set(rows.group.subarray(0, rows.length));
    const moved = groups.forget((group) => used.has(group));
    for (let at = 0; at < rows.length; at++) rows.group[at] = moved[rows.group[at]!]!;
  }

  /** Where to begin: at the next row, or of a great many errors that nobody looked at yet, at the newest. */
  private async beginOf(table: Table, signal: AbortSignal): Promise<bigint> {
    const from = this.next[table];
    const { database } = this.reader;
    const isNew = `seq >= ${from}::UBIGINT AND ${ERROR[table]}`;
    const blocks = await database.columns(
      `SELECT min(seq), count(*)::DOUBLE FROM ${table} WHERE ${isNew} GROUP BY seq // ${COUNTED_ROWS} ORDER BY 1 DESC`,
      [],
      { signal },
    );
    const [firsts, counts] = blocks.columns as [BigUint64Array, Float64Array];
    let newer = 0;
    let at = 0;
    while (at < blocks.rowCount && newer + counts[at]! <= MOST_AT_FIRST) newer += counts[at++]!;
    if (at === blocks.rowCount) return from;
    // Of this block some are still looked at.
    const [found] = await database.rows<{ seq: bigint }>(
      `SELECT seq FROM ${table} WHERE ${isNew} AND seq >= ${firsts[at]}::UBIGINT${at === 0 ? '' : ` AND seq < ${firsts[at - 1]}::UBIGINT`}
       ORDER BY seq DESC LIMIT 1 OFFSET ${MOST_AT_FIRST - newer}`,
      [],
      { signal },
    );
    this.dropped += counts.reduce((sum, count) => sum + count, 0) - MOST_AT_FIRST;
    return found!.seq + 1n;
  }

  /** The first row of each table, the last one from `from` on, and the earliest time of those between. */
  private async boundsOf(from: Readonly<Record<Table, bigint>>, signal: AbortSignal): Promise<Bounds> {
    // Rows lie in the order of their numbers.
    const ends = (table: Table, time: string) =>
      this.reader.database.rows<Ends & { startNs: bigint | null }>(
        `SELECT (SELECT seq FROM ${table} WHERE seq IS NOT NULL LIMIT 1) AS first, max(seq) AS last, min(${time}) AS "startNs"
         FROM ${table} WHERE seq >= ${from[table]}::UBIGINT`,
        [],
        { signal },
      );
    const [[spans], [logs]] = await Promise.all([ends('spans', 'start_ns'), ends('logs', 'time_ns')]);
    return { spans: spans!, logs: logs!, startNs: earlier(spans!.startNs, logs!.startNs) };
  }

  private isProbe(resource: number): boolean {
    return this.reader.dictionary.resources().get(resource)?.service === probeService;
  }
}

function earlier(one: bigint | null, other: bigint | null): bigint | null {
  return one === null || (other !== null && other < one) ? other : one;
}
