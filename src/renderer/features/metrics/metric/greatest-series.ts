import { promDuration } from './prom-duration';

/**
 * Of the series of a query the `most` that are greatest over the whole window: the same at every step, unlike those of `topk`
 * alone. Seconds.
 */
export function greatestSeries(query: string, most: number, windowSeconds: number, stepSeconds: number): string {
  // Some points are enough to tell which they are.
  const every = Math.max(stepSeconds, Math.ceil(windowSeconds / 20 / stepSeconds) * stepSeconds);
  const over = `[${promDuration(windowSeconds)}:${promDuration(every)}] @ end()`;
  return `(${query}) and topk(${most}, avg_over_time((${query})${over}))`;
}
