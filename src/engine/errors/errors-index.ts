import { probeService } from '../../shared/runs/probe-names';
import type { SpanIndexReader, StoreReader } from '../store/reader/reader';
import { ErrorRows, SPAN } from './error-rows';
import { GroupTable } from './group-table';
import { joinTellings } from './join-tellings';
import { readErrorLines } from './read-error-lines';
import { readErrorSpans } from './read-error-spans';

/** Tellings that are kept, spans and lines together; the oldest make room. */
const MOST_ROWS = 240_000;
/** What is left when they did. */
const ROWS_LEFT = 200_000;
/** Of spans, and of lines, that are looked at where nothing was before. */
const MOST_AT_FIRST = 100_000;
const ROWS_AT_ONCE = 500_000n;
const ERROR = { spans: 'status = 2', logs: 'severity >= 17' } as const;

type Table = 'spans' | 'logs';

/** How far an index has come. */
export interface Looked {
  readonly rows: ErrorRows;
  readonly groups: GroupTable;
  /** Another one when anything came or went. */
  readonly version: string;
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
  private readonly next: Record<Table, bigint> = { spans: 0n, logs: 0n };
  private readonly oldest: Record<Table, bigint> = { spans: 0n, logs: 0n };
  private dropped = 0;
  private changes = 0;
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
    // One after the other; what an aborted one did not look at, the next one does.
    const turn = this.refreshing.then(() => this.refresh(signal));
    this.refreshing = turn.catch(() => {});
    await turn;
    const { rows, groups, changes, dropped } = this;
    return { rows, groups, dropped, version: String(changes) };
  }

  private async refresh(signal: AbortSignal): Promise<void> {
    const bounds = await this.boundsOf(signal);
    this.forgetDeleted(bounds);
    for (const table of ['spans', 'logs'] as const) {
      const { last } = bounds[table];
      if (last === null || last < this.next[table]) continue;
      const from = await this.beginOf(table, signal);
      for (let at = from; at <= last; at += ROWS_AT_ONCE) {
        const to = at + ROWS_AT_ONCE <= last ? at + ROWS_AT_ONCE : last + 1n;
        await this.add(table, { from: at, to }, signal);
        this.next[table] = to;
      }
    }
  }

  private async add(table: Table, range: { from: bigint; to: bigint }, signal: AbortSignal): Promise<void> {
    const { reader, rows, groups } = this;
    const length = rows.length;
    const read = table === 'spans' ? readErrorSpans : readErrorLines;
    let added: number[];
    try {
      added = await read(reader, range, rows, groups, (resource) => this.isProbe(resource), signal);
    } catch (error) {
      // Looked at again as a whole.
      rows.keep((at) => at < length);
      throw error;
    }
    if (added.length === 0) return;
    this.changes++;
    const joined = new Set<number>();
    for (const at of added) {
      if (joined.has(at)) continue;
      const together = rows.together(at);
      for (const other of together) joined.add(other);
      joinTellings(rows, together);
    }
    if (rows.length > MOST_ROWS) this.makeRoom();
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
  private forgetDeleted(bounds: Awaited<ReturnType<ErrorsIndex['boundsOf']>>): void {
    const oldest = { spans: bounds.spans.first ?? this.next.spans, logs: bounds.logs.first ?? this.next.logs };
    if (oldest.spans === this.oldest.spans && oldest.logs === this.oldest.logs) return;
    Object.assign(this.oldest, oldest);
    const { rows } = this;
    const before = rows.length;
    rows.keep((at) => rows.seq[at]! >= (rows.source[at] === SPAN ? oldest.spans : oldest.logs));
    if (rows.length === before) return;
    this.changes++;
    this.dropped = 0;
    this.forgetGroups();
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
    const [found] = await this.reader.database.rows<{ seq: bigint; before: number }>(
      `WITH newest AS (SELECT seq FROM ${table} WHERE seq >= ${from}::UBIGINT AND ${ERROR[table]} ORDER BY seq DESC LIMIT 1 OFFSET ${MOST_AT_FIRST})
       SELECT seq, (SELECT count(*)::DOUBLE FROM ${table} WHERE seq >= ${from}::UBIGINT AND seq <= newest.seq AND ${ERROR[table]}) AS before FROM newest`,
      [],
      { signal },
    );
    if (!found) return from;
    this.dropped += found.before;
    return found.seq + 1n;
  }

  private async boundsOf(signal: AbortSignal): Promise<Record<Table, { first: bigint | null; last: bigint | null }>> {
    const [row] = await this.reader.database.rows<Record<string, bigint | null>>(
      `SELECT (SELECT min(seq) FROM spans) AS span_first, (SELECT max(seq) FROM spans) AS span_last,
         (SELECT min(seq) FROM logs) AS log_first, (SELECT max(seq) FROM logs) AS log_last`,
      [],
      { signal },
    );
    return {
      spans: { first: row?.span_first ?? null, last: row?.span_last ?? null },
      logs: { first: row?.log_first ?? null, last: row?.log_last ?? null },
    };
  }

  private isProbe(resource: number): boolean {
    return this.reader.dictionary.resources().get(resource)?.service === probeService;
  }
}
