import { KahanSum } from '../../../samples/kahan-sum';
import { listBuckets } from './list-buckets';
import type { NativeHistogram } from './native-histogram';

/** The estimated variance: each observation counts as its bucket's geometric mean, those of the zero bucket as 0. */
export function varianceOfHistogram(histogram: NativeHistogram): number {
  const mean = histogram.sum / histogram.count;
  const squares = new KahanSum();
  for (const { lower, upper, count } of listBuckets(histogram)) {
    const middle = lower <= 0 && upper >= 0 ? 0 : Math.sign(upper) * Math.sqrt(lower * upper);
    squares.add(count * (middle - mean) ** 2);
  }
  return squares.total / histogram.count;
}
