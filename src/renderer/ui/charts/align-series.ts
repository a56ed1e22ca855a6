import type { Series } from '../../../shared/contract/telemetry';

/** Column for uPlot: a value a time, null where there is none. */
export type Column = (number | null)[];

/**
 * Series on one grid of times, `step` seconds apart from the first sample to the last, so that what is missing
 * everywhere shows as a gap too. Times are Unix seconds; NaN and infinities are gaps.
 */
export function alignSeries(series: readonly Series[], step: number): { times: number[]; columns: Column[] } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { values } of series) {
    if (values.length === 0) continue;
    first = Math.min(first, values[0]![0]);
    last = Math.max(last, values.at(-1)![0]);
  }
  if (first > last) return { times: [], columns: series.map(() => []) };
  const count = Math.round((last - first) / step) + 1;
  const times = Array.from({ length: count }, (_, index) => first + index * step);
  const columns = series.map(({ values }) => {
    const column: Column = new Array(count).fill(null);
    for (const [time, text] of values) {
      const value = Number(text);
      column[Math.round((time - first) / step)] = Number.isFinite(value) ? value : null;
    }
    return column;
  });
  return { times, columns };
}
