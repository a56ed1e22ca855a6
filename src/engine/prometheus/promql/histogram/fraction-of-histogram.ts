import { type BoundedBucket, listBuckets } from './list-buckets';
import type { NativeHistogram } from './native-histogram';
import { narrowZeroBucket } from './quantile-of-histogram';

/** The share of observations between two values; `ignoresNaN` tells that NaN observations are in no share. */
export function fractionOfHistogram(
  lower: number,
  upper: number,
  histogram: NativeHistogram,
): { fraction: number; ignoresNaN: boolean } {
  if (histogram.count === 0 || Number.isNaN(lower) || Number.isNaN(upper))
    return { fraction: Number.NaN, ignoresNaN: false };
  if (lower >= upper) return { fraction: 0, ignoresNaN: false };
  const buckets = listBuckets(histogram).map((bucket) => narrowZeroBucket(bucket, histogram));
  const inBuckets = buckets.reduce((sum, { count }) => sum + count, 0);
  const hasNaN = Number.isNaN(histogram.sum);
  const most = hasNaN ? inBuckets : histogram.count;
  const [below, within] = [rankOf(lower, buckets, most), rankOf(upper, buckets, most)];
  return { fraction: (within - below) / histogram.count, ignoresNaN: hasNaN && inBuckets < histogram.count };
}

/** How many observations lie below the value. */
function rankOf(value: number, buckets: readonly BoundedBucket[], most: number): number {
  let rank = 0;
  for (const { lower, upper, count } of buckets) {
    if (lower >= value) return Math.min(rank, most);
    if (upper > value) return Math.min(rank + count * shareBelow(value, lower, upper), most);
    rank += count;
  }
  return most;
}

function shareBelow(value: number, lower: number, upper: number): number {
  if (lower <= 0 && upper >= 0) return (value - lower) / (upper - lower);
  const [logLower, logUpper, log] = [lower, upper, value].map((bound) => Math.log2(Math.abs(bound))) as [
    number,
    number,
    number,
  ];
  return value > 0 ? (log - logLower) / (logUpper - logLower) : 1 - (log - logUpper) / (logLower - logUpper);
}
