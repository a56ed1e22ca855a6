import type { StoreReader } from '../../store/reader';
import { seqCondition } from '../store/seq-condition';
import type { TraceId } from '../store/trace-id';
import type { SearchWindow } from './search-windows';
import { inWindow, restOf, type SpanCondition } from './span-condition';

/** Nanoseconds, both inclusive. */
export interface TimeRange {
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly signal?: AbortSignal;
}

/** Traces with a span in the range and the window that fulfils the condition, those with the newest first. */
export async function findCandidates(
  reader: StoreReader,
  range: TimeRange,
  condition: SpanCondition,
  window: SearchWindow,
  earliest: bigint,
  wanted: number | undefined,
): Promise<TraceId[]> {
  const matching = matchingRows(condition, window);
  if (matching === undefined) return [];
  return traceIds(
    reader,
    range,
    `SELECT s.trace_hi, s.trace_lo FROM spans s
     WHERE s.start_ns <= ${range.endNs}::UBIGINT AND s.start_ns >= ${earliest}::UBIGINT
       AND s.start_ns + s.duration_ns >= ${range.startNs}::UBIGINT AND ${matching}
     GROUP BY ALL ORDER BY max(s.start_ns) DESC ${wanted === undefined ? '' : `LIMIT ${wanted}`}`,
  );
}

/** The rows, from first to last, between which lie all spans before or after the range of traces that overlap it. */
export async function findOutsideRows(
  reader: StoreReader,
  range: TimeRange,
  earliest: bigint,
): Promise<{ first: bigint; last: bigint } | undefined> {
  const [start, end] = [`${range.startNs}::UBIGINT`, `${range.endNs}::UBIGINT`];
  const [rows] = await reader.database.rows<{ first: bigint | null; last: bigint | null }>(
    `SELECT min(seq) AS first, max(seq) AS last FROM spans
     WHERE (start_ns > ${end} OR start_ns + duration_ns < ${start}) AND (trace_hi, trace_lo) IN (
       SELECT (trace_hi, trace_lo) FROM spans
       WHERE start_ns <= ${end} AND start_ns >= ${earliest}::UBIGINT AND start_ns + duration_ns >= ${start})`,
    [],
    { signal: range.signal },
  );
  return rows?.first == null || rows.last == null ? undefined : { first: rows.first, last: rows.last };
}

/** Traces that overlap the range and whose spans in the window that fulfil the condition lie before or after it. */
export async function findOutsiders(
  reader: StoreReader,
  range: TimeRange,
  condition: SpanCondition,
  window: SearchWindow,
): Promise<TraceId[]> {
  const matching = matchingRows(condition, window);
  if (matching === undefined) return [];
  const [start, end] = [`${range.startNs}::UBIGINT`, `${range.endNs}::UBIGINT`];
  const before = `s.start_ns < ${start} AND s.start_ns + s.duration_ns < ${start}`;
  const after = `s.start_ns > ${end}`;
  const having = (condition: string) =>
    `(s.trace_hi, s.trace_lo) IN (SELECT (trace_hi, trace_lo) FROM spans WHERE ${condition})`;
  return traceIds(
    reader,
    range,
    `SELECT s.trace_hi, s.trace_lo FROM spans s
       WHERE ${after} AND ${matching} AND ${having(`start_ns <= ${end}`)} GROUP BY ALL
     UNION SELECT s.trace_hi, s.trace_lo FROM spans s
       WHERE ${before} AND ${matching} AND ${having(`start_ns + duration_ns >= ${start}`)} GROUP BY ALL`,
  );
}

function matchingRows(condition: SpanCondition, window: SearchWindow): string | undefined {
  const { rows } = window;
  if (rows?.length === 0) return undefined;
  return rows
    ? `${seqCondition('s.seq', rows)} AND ${restOf(condition, window)}`
    : `${inWindow('s.seq', window)} AND ${condition.sql(window)}`;
}

async function traceIds(reader: StoreReader, { signal }: TimeRange, sql: string): Promise<TraceId[]> {
  const answer = await reader.database.columns(sql, [], { signal });
  const [hi, lo] = answer.columns as [BigUint64Array, BigUint64Array];
  return Array.from({ length: answer.rowCount }, (_, i) => ({ hi: hi[i]!, lo: lo[i]! }));
}
