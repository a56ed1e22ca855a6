import type { Pace } from '../../../pace/pace';
import { bitsOf, isStaleMarker } from '../../../samples/is-stale-marker';
import type { SelectedSeries } from '../terms/sample-source';

/** Samples between two looks at whether others wait. */
const PART = 16_384;

/** The series without its stale markers, the same one where it has none. In turns: one series may hold millions of samples. */
export async function withoutStaleMarkers(series: SelectedSeries, pace: Pace): Promise<SelectedSeries> {
  const { labels, times, values, histograms } = series;
  const bits = bitsOf(values);
  let stale = 0;
  for (let from = 0; from < values.length; from += PART) {
    const to = Math.min(from + PART, values.length);
    for (let i = from; i < to; i++) if (isStaleMarker(bits, i)) stale++;
    if (pace.isDueAfter(to - from)) await pace.turn();
  }
  if (stale === 0) return series;
  const count = values.length - stale;
  const kept = {
    labels,
    times: new Float64Array(count),
    values: new Float64Array(count),
    ...(histograms && { histograms: new Array<(typeof histograms)[number]>(count) }),
  };
  let next = 0;
  for (let from = 0; from < values.length; from += PART) {
    const to = Math.min(from + PART, values.length);
    for (let i = from; i < to; i++) {
      if (isStaleMarker(bits, i)) continue;
      kept.times[next] = times[i]!;
      kept.values[next] = values[i]!;
      if (kept.histograms) kept.histograms[next] = histograms![i];
      next++;
    }
    if (pace.isDueAfter(to - from)) await pace.turn();
  }
  return kept;
}
