import { bitsOf, writeStaleMarker } from '../../samples/is-stale-marker';
import type { NativeHistogram } from './histogram/native-histogram';
import type { SelectedSeries } from './terms/sample-source';

export type SampleValue = number | 'stale' | NativeHistogram;

/** A series from plain values, for tests and benchmarks; `__name__` stands among the labels. */
export function createSeries(
  labels: Readonly<Record<string, string>>,
  samples: readonly (readonly [timeMs: number, value: SampleValue])[],
): SelectedSeries {
  const times = Float64Array.from(samples, ([time]) => time);
  const values = Float64Array.from(samples, ([, value]) => (typeof value === 'number' ? value : 0));
  const bits = bitsOf(values);
  for (const [index, [, value]] of samples.entries()) if (value === 'stale') writeStaleMarker(bits, index);
  const histograms = samples.map(([, value]) => (typeof value === 'object' ? value : undefined));
  return {
    labels: Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1)),
    times,
    values,
    ...(histograms.some((histogram) => histogram !== undefined) && { histograms }),
  };
}
