import { bitsOf } from '../../samples/is-stale-marker';
import type { NativeHistogram } from '../promql/histogram/native-histogram';
import type { SelectedSeries } from '../promql/terms/sample-source';
import type { HistogramSample } from './read-histograms';

type Samples = Pick<SelectedSeries, 'times' | 'values' | 'histograms'>;

/** Floats and histograms of one series as one ascending run; at one time the histogram stays. */
export function mergeHistograms(floats: Samples, found: readonly HistogramSample[]): Samples {
  const length = floats.times.length + found.length;
  const times = new Float64Array(length);
  const values = new Float64Array(length);
  const histograms: (NativeHistogram | undefined)[] = new Array(length);
  // As words: a stale marker is a NaN that as a number may lose its bits.
  const [from, to] = [bitsOf(floats.values), bitsOf(values)];
  let [nextFloat, nextFound, next] = [0, 0, 0];
  while (nextFloat < floats.times.length || nextFound < found.length) {
    const floatTime = floats.times[nextFloat] ?? Number.POSITIVE_INFINITY;
    const foundTime = found[nextFound]?.timeMs ?? Number.POSITIVE_INFINITY;
    if (foundTime <= floatTime) {
      times[next] = foundTime;
      histograms[next] = found[nextFound++]!.histogram;
      if (foundTime === floatTime) nextFloat++;
    } else {
      times[next] = floatTime;
      to[2 * next] = from[2 * nextFloat]!;
      to[2 * next + 1] = from[2 * nextFloat + 1]!;
      nextFloat++;
    }
    next++;
  }
  histograms.length = next;
  return { times: times.subarray(0, next), values: values.subarray(0, next), histograms };
}
