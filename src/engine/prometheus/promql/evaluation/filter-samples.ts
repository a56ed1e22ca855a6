import type { SelectedSeries } from '../sample-source';

/** The samples whose index is kept. */
export function filterSamples(
  { labels, times, values, histograms }: SelectedSeries,
  keep: (index: number) => boolean,
): SelectedSeries {
  const isKept = (_: unknown, index: number) => keep(index);
  return {
    labels,
    times: times.filter(isKept),
    values: values.filter(isKept),
    // A sparse array's holes would be left out.
    ...(histograms && { histograms: Array.from(histograms).filter(isKept) }),
  };
}
