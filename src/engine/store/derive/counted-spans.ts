import { UNFINISHED } from '../reader/span-times';

/** Rows of spans by `seq`: the first of the range and the one behind it. */
export interface SpanRange {
  readonly from: bigint;
  readonly to: bigint;
}

/** Spans in the order of their arrival: `current` is to be counted, the two before it hold the early halves of its edges. */
export interface ArrivalWindows {
  readonly older: SpanRange;
  readonly previous: SpanRange;
  readonly current: SpanRange;
}

const IS_UNFINISHED = `times & ${UNFINISHED} <> 0`;
/** Whether a span has an end: until then it is no call, for its finished one takes its place. */
export const FINISHED = `times & ${UNFINISHED} = 0`;

export function inRange({ from, to }: SpanRange): string {
  return `seq >= ${from}::UBIGINT AND seq < ${to}::UBIGINT`;
}

/**
 * The spans to be counted now, as rows of `spans`: those that are finished when they come, the others when no finished one has
 * come for them in two windows. `is_call` is false for those whose unfinished one was counted (`repeated`): they bring its
 * duration.
 */
export function countedSpans({ older, current }: ArrivalWindows, repeated: readonly bigint[]): string {
  const isCall = repeated.length === 0 ? 'true' : `seq NOT IN (${repeated.map((seq) => `${seq}::UBIGINT`).join(', ')})`;
  const finished = `SELECT *, ${isCall} AS is_call FROM spans WHERE ${inRange(current)} AND ${FINISHED}`;
  if (older.from === older.to) return `(${finished})`;
  return `(${finished} UNION ALL SELECT *, true AS is_call FROM spans WHERE ${inRange(older)} AND ${IS_UNFINISHED})`;
}

/** How many of them are calls. */
export const CALLS = 'count(*) FILTER (WHERE is_call)::DOUBLE';
