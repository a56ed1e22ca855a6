import type { NativeHistogram } from '../histogram/native-histogram';
import { varianceOfHistogram } from '../histogram/variance-of-histogram';

/** The functions that read a number from each histogram; floats are left out. */
export const HISTOGRAM_FUNCTIONS: Readonly<Record<string, (histogram: NativeHistogram) => number>> = {
  histogram_count: ({ count }) => count,
  histogram_sum: ({ sum }) => sum,
  histogram_avg: ({ sum, count }) => sum / count,
  histogram_stdvar: varianceOfHistogram,
  histogram_stddev: (histogram) => Math.sqrt(varianceOfHistogram(histogram)),
};
