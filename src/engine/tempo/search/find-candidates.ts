import type { StoreReader } from '../../store/reader/reader';
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

/** Undefined: no row of the window can match. */
export function matchingRows(condition: SpanCondition, window: SearchWindow): string | undefined {
  const { rows } = window;
  if (rows?.length === 0) return undefined;
  return rows
    ? `${seqCondition('s.seq', rows)} AND ${restOf(condition, window)}`
    : `${inWindow('s.seq', window)} AND ${condition.sql(window)}`;
}

/** Of a statement that selects the two halves of trace ids. */
export async function traceIds(reader: StoreReader, { signal }: TimeRange, sql: string): Promise<TraceId[]> {
  const answer = await reader.database.columns(sql, [], { signal });
  const [hi, lo] = answer.columns as [BigUint64Array, BigUint64Array];
  return Array.from({ length: answer.rowCount }, (_, i) => ({ hi: hi[i]!, lo: lo[i]! }));
}
