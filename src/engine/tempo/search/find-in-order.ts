import type { StoreReader } from '../../store/reader/reader';
import type { TraceId } from '../store/trace-id';
import { type TimeRange, traceIds } from './find-candidates';
import { always, never, type SpanCondition } from './span-condition';

/** What the traces of an answer are chosen by in place of their time: the greatest of the range come first. */
export const traceOrders = ['duration', 'spans', 'errors'] as const;
export type TraceOrder = (typeof traceOrders)[number];

/** Of spans whose own times are known: others do not stretch a trace. */
const measures: Record<TraceOrder, string> = {
  duration:
    'coalesce(max(start_ns + duration_ns) FILTER (WHERE times = 0) - min(start_ns) FILTER (WHERE times = 0), 0::UBIGINT)',
  spans: 'count(*)',
  errors: 'count(*) FILTER (WHERE status = 2)',
};

/** Traces that are looked at one by one where SQL cannot say whether they match. */
const MOST = 20_000;

interface InOrder {
  readonly range: TimeRange;
  /** Of all rows. */
  readonly condition: SpanCondition;
  readonly bounds: { readonly first: bigint; readonly last: bigint };
  /** The earliest start of a span that can reach into the range. */
  readonly earliest: bigint;
  readonly order: TraceOrder;
  /** Absent where not every candidate matches. */
  readonly wanted?: number | undefined;
}

/** Traces with a span in the range that fulfils the condition, the greatest first; at most so many. */
export async function findInOrder(reader: StoreReader, asked: InOrder): Promise<readonly TraceId[]> {
  const { range, condition, bounds, earliest, order, wanted = MOST } = asked;
  if (condition === never) return [];
  const inRange = `start_ns <= ${range.endNs}::UBIGINT AND start_ns >= ${earliest}::UBIGINT`;
  const reaches = `s.start_ns + s.duration_ns >= ${range.startNs}::UBIGINT`;
  const window = { from: bounds.first, to: bounds.last + 1n };
  const matching =
    condition === always
      ? ''
      : `SEMI JOIN (SELECT s.trace_hi, s.trace_lo FROM spans s WHERE ${inRange} AND ${reaches} AND ${condition.sql(window)}) m
           USING (trace_hi, trace_lo)`;
  return traceIds(
    reader,
    range,
    `SELECT trace_hi, trace_lo FROM (
       SELECT trace_hi, trace_lo, ${measures[order]} AS measure, max(start_ns) AS newest,
         max(start_ns + duration_ns) AS ended
       FROM spans WHERE ${inRange} GROUP BY trace_hi, trace_lo) t
     ${matching}
     WHERE t.ended >= ${range.startNs}::UBIGINT
     ORDER BY t.measure DESC, t.newest DESC LIMIT ${wanted}`,
  );
}
