import type { Pace } from '../../pace/pace';
import { IdTable } from './id-table';
import type { SpanRows } from './span-rows';

/** Rows by their trace; traces are numbered in the order in which their first rows came. */
export interface TraceGroups {
  readonly count: number;
  /** Of each row. */
  readonly traceOf: Uint32Array;
  /** Rows of trace `t`, in the order of their arrival: `order` from `first[t]` up to `first[t + 1]`. */
  readonly first: Uint32Array;
  readonly order: Uint32Array;
}

export async function groupTraces(rows: SpanRows, pace: Pace): Promise<TraceGroups> {
  const { traceLo, traceHi, count } = rows;
  const ids = new IdTable(4, count >>> 2);
  const traceOf = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    // Spans of one trace mostly come together.
    traceOf[row] = isOfSame(rows, row, row - 1)
      ? traceOf[row - 1]!
      : ids.add(traceLo[2 * row]!, traceLo[2 * row + 1]!, traceHi[2 * row]!, traceHi[2 * row + 1]!);
    if (pace.isDueAfter(8)) await pace.turn();
  }
  return { count: ids.count, traceOf, ...(await orderBy(traceOf, ids.count, pace)) };
}

/** The rows of a trace, in the order of their arrival. */
export function rowsOf({ first, order }: TraceGroups, trace: number): Uint32Array {
  return order.subarray(first[trace], first[trace + 1]);
}

/** Positions sorted by their number, those of one number as they are; `first` has where each number begins, and the end. */
export async function orderBy(
  numbers: Uint32Array,
  count: number,
  pace: Pace,
): Promise<{ first: Uint32Array; order: Uint32Array }> {
  const first = new Uint32Array(count + 1);
  for (const number of numbers) first[number + 1]!++;
  for (let number = 0; number < count; number++) first[number + 1]! += first[number]!;
  if (pace.isDue()) await pace.turn();
  const next = first.slice();
  const order = new Uint32Array(numbers.length);
  for (let at = 0; at < numbers.length; at++) order[next[numbers[at]!]!++] = at;
  return { first, order };
}

function isOfSame({ traceLo, traceHi }: SpanRows, a: number, b: number): boolean {
  return (
    traceLo[2 * a] === traceLo[2 * b] &&
    traceHi[2 * a] === traceHi[2 * b] &&
    traceLo[2 * a + 1] === traceLo[2 * b + 1] &&
    traceHi[2 * a + 1] === traceHi[2 * b + 1]
  );
}
