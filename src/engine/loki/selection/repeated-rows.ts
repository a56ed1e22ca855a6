import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { QueryError } from '../logql/query-error';
import { readRecords, recordColumns } from '../records/read-records';
import { RepeatedLines } from '../records/repeated-lines';
import { findRepeated } from './find-repeated';
import { ubigint } from './sql-parameters';
import { type TimeRange, TimeRanges } from './time-ranges';

const minuteNs = 60_000_000_000n;
/** Rows looked at by one statement, so that it stays small. */
const rowsAtOnce = 500_000;
const recordsAtOnce = 5000;
/** What rows have in common that repeat each other, as one number; rows of one number are looked at. */
const rowHash = 'hash(time_ns, severity, trace_lo, span_id)';
/** Of more the statement groups them itself. */
const mostHashes = 1000;
/** Repeats that are remembered. */
const maxRepeats = 300_000;

const reachOf = new WeakMap<object, RepeatedRows>();

interface Repeat {
  readonly timeNs: bigint;
  /** The row that it repeats. */
  readonly first: bigint;
}

/**
 * The rows that repeat an earlier one exactly, which Loki would not have kept. They are looked for where a query reads,
 * once a range of time, and later only in the minutes that rows have arrived for.
 */
export class RepeatedRows {
  private readonly searched = new TimeRanges();
  /** Minutes within `searched` with rows that were not looked at: those from this seq on. */
  private readonly stale = new Map<bigint, bigint>();
  private readonly repeats = new Map<bigint, Repeat>();
  private nextSeq = 0n;
  private work: Promise<unknown> = Promise.resolve();

  private constructor(private readonly reader: StoreReader) {}

  /** One for each opening of the database: rows have other numbers in another. */
  static of(reader: StoreReader): RepeatedRows {
    const opening = reader.spanIndex();
    let rows = reachOf.get(opening);
    if (!rows) {
      rows = new RepeatedRows(reader);
      reachOf.set(opening, rows);
    }
    return rows;
  }

  /** The repeats among the rows of a time range. Throws a QueryError where there are too many to remember. */
  async within(range: TimeRange, signal?: AbortSignal): Promise<bigint[]> {
    const done = this.work.then(() => this.search(range, signal));
    this.work = done.catch(() => {});
    await done;
    const found: bigint[] = [];
    for (const [seq, { timeNs }] of this.repeats) if (timeNs >= range.from && timeNs < range.to) found.push(seq);
    return found;
  }

  private async search(range: TimeRange, signal: AbortSignal | undefined): Promise<void> {
    await this.noteArrivals(signal);
    for (const [minute, seq] of [...this.stale]) {
      const part = rangeOf(minute);
      if (part.to <= range.from || part.from >= range.to) continue;
      await this.searchRows(part, seq, signal);
      this.stale.delete(minute);
    }
    for (const gap of this.searched.missing(range)) {
      await this.searchRows(gap, 0n, signal);
      this.searched.add(gap);
    }
  }

  private async noteArrivals(signal: AbortSignal | undefined): Promise<void> {
    const { database } = this.reader;
    const options = signal ? { signal } : {};
    const [ends] = await database.rows<{ first: bigint | null; last: bigint | null }>(
      'SELECT min(seq) AS first, max(seq) AS last FROM logs',
      [],
      options,
    );
    if (ends?.first == null || ends.last == null) return;
    this.forgetBefore(ends.first);
    if (ends.last < this.nextSeq) return;
    const arrived = await database.rows<{ minute: bigint }>(
      `SELECT DISTINCT time_ns // ${minuteNs}::UBIGINT AS minute FROM logs WHERE seq >= ${ubigint(this.nextSeq)} AND seq <= ${ubigint(ends.last)}`,
      [],
      options,
    );
    for (const { minute } of arrived) {
      if (!this.stale.has(minute) && this.searched.overlaps(rangeOf(minute))) this.stale.set(minute, this.nextSeq);
    }
    this.nextSeq = ends.last + 1n;
  }

  // Where retention took a row away that others repeat, one of them is the first now.
  private forgetBefore(seq: bigint): void {
    for (const { first } of this.repeats.values()) {
      if (first >= seq) continue;
      this.clear();
      return;
    }
  }

  private clear(): void {
    this.repeats.clear();
    this.searched.clear();
    this.stale.clear();
  }

  /** Looks for repeats among the rows from `seq` on and those of their times. */
  private async searchRows(range: TimeRange, seq: bigint, signal: AbortSignal | undefined): Promise<void> {
    const { database, dictionary } = this.reader;
    const options = signal ? { signal } : {};
    const [found] = await database.rows<{ count: number; first: bigint | null; last: bigint | null }>(
      `SELECT count(*)::DOUBLE AS count, min(time_ns) AS first, max(time_ns) AS last FROM logs WHERE ${timeIn(range)}`,
      [],
      options,
    );
    if (!found || found.count < 2 || found.first === null || found.last === null) return;
    const held = { from: found.first, to: found.last + 1n };
    if (found.count > rowsAtOnce && held.to - held.from > 1n) {
      const middle = (held.from + held.to) / 2n;
      await this.searchRows({ from: held.from, to: middle }, seq, signal);
      await this.searchRows({ from: middle, to: held.to }, seq, signal);
      return;
    }
    const pace = new Pace(signal);
    const hashes = await database.columns(`SELECT ${rowHash} FROM logs WHERE ${timeIn(held)}`, [], options);
    // A group of all rows costs the database several times as much, and mostly none repeats another.
    const repeated = await findRepeated(hashes.columns[0] as BigUint64Array, pace);
    if (repeated.length === 0) return;
    const isOne = repeated.length > mostHashes ? '' : ` AND ${rowHash} IN (${repeated.map(ubigint).join(', ')})`;
    const lines = new RepeatedLines();
    const columns = recordColumns.replace(' body,', ' md5(body) AS body,');
    for (let after: { time: bigint; seq: bigint } | undefined; ; ) {
      const part = after ? { from: after.time, to: held.to } : held;
      const beyond = after ? ` AND (time_ns > ${ubigint(after.time)} OR seq > ${ubigint(after.seq)})` : '';
      const rows = await database.columns(
        `SELECT ${columns} FROM logs WHERE ${timeIn(part)} AND time_ns IN (
           SELECT time_ns FROM logs WHERE ${timeIn(part)}${isOne} GROUP BY time_ns, severity, trace_lo, span_id
           HAVING count(*) > 1 AND max(seq) >= ${ubigint(seq)})
         QUALIFY count(*) OVER (PARTITION BY logs.time_ns, severity, trace_lo, span_id, md5(logs.body)) > 1${beyond}
         ORDER BY time_ns, seq LIMIT ${recordsAtOnce}`,
        [],
        options,
      );
      for (const record of await readRecords(rows, dictionary, pace)) {
        if (pace.isDue()) await pace.turn();
        after = { time: record.timeNs, seq: record.seq };
        const first = lines.firstOf(record);
        if (first) this.repeats.set(record.seq, { timeNs: record.timeNs, first: first.seq });
      }
      if (this.repeats.size > maxRepeats) {
        this.clear();
        throw new QueryError(
          `more than ${maxRepeats} lines were sent twice, more than can be told apart: shorten the range`,
        );
      }
      if (rows.rowCount < recordsAtOnce) return;
    }
  }
}

function rangeOf(minute: bigint): TimeRange {
  return { from: minute * minuteNs, to: (minute + 1n) * minuteNs };
}

function timeIn({ from, to }: TimeRange): string {
  return `time_ns >= ${ubigint(from)} AND time_ns < ${ubigint(to)}`;
}
