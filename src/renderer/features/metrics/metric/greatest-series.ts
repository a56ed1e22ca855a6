import type { QueryTimes } from './query-times';

/** Of the series of a query the `most` that are greatest over the whole window: the same at every step, unlike those of `topk` alone. */
export function greatestSeries(query: string, most: number, { window, every }: QueryTimes): string {
  return `(${query}) and topk(${most}, avg_over_time((${query})[${window}:${every}] @ end()))`;
}
