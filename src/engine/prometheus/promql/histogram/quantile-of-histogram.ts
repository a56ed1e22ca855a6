import { type BoundedBucket, listBuckets } from './list-buckets';
import type { NativeHistogram } from './native-histogram';

/** Observations that are NaN are counted in no bucket: they hide the result, or make it too great. */
type NotANumber = 'hides' | 'skews';

/** The φ-quantile, interpolated within its bucket: exponentially, linearly in the zero bucket. */
export function quantileOfHistogram(
  phi: number,
  histogram: NativeHistogram,
): { quantile: number; notANumber?: NotANumber } {
  if (phi < 0) return { quantile: Number.NEGATIVE_INFINITY };
  if (phi > 1) return { quantile: Number.POSITIVE_INFINITY };
  if (histogram.count === 0 || Number.isNaN(phi)) return { quantile: Number.NaN };
  const hasNaN = Number.isNaN(histogram.sum);
  const fromBelow = hasNaN || phi < 0.5;
  const buckets = listBuckets(histogram);
  const ordered = fromBelow ? buckets : buckets.reverse();
  let rank = (fromBelow ? phi : 1 - phi) * histogram.count;
  let counted = 0;
  let found: BoundedBucket = { lower: 0, upper: 0, count: 0 };
  for (const bucket of ordered) {
    found = bucket;
    counted += bucket.count;
    if (counted >= rank) break;
  }
  counted = Math.min(counted, histogram.count);
  const { lower, upper, count } = narrowZeroBucket(found, histogram);
  if (counted < rank) return hasNaN ? { quantile: Number.NaN, notANumber: 'hides' } : { quantile: upper };
  rank = fromBelow ? rank - (counted - count) : counted - rank;
  const inBuckets = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const notANumber = hasNaN && inBuckets < histogram.count ? ({ notANumber: 'skews' } as const) : {};
  const share = rank / count;
  return { quantile: interpolate(lower, upper, share), ...notANumber };
}

function interpolate(lower: number, upper: number, share: number): number {
  if (lower <= 0 && upper >= 0) return lower + (upper - lower) * share;
  const [logLower, logUpper] = [Math.log2(Math.abs(lower)), Math.log2(Math.abs(upper))];
  if (lower > 0) return 2 ** (logLower + (logUpper - logLower) * share);
  return -(2 ** (logUpper + (logLower - logUpper) * (1 - share)));
}

/** With buckets of one sign only, the zero bucket holds values of that sign. */
export function narrowZeroBucket(
  bucket: BoundedBucket,
  { positive, negative }: Pick<NativeHistogram, 'positive' | 'negative'>,
): BoundedBucket {
  if (!(bucket.lower <= 0 && bucket.upper >= 0)) return bucket;
  const [hasPositive, hasNegative] = [positive.indexes.length > 0, negative.indexes.length > 0];
  if (hasPositive && !hasNegative) return { ...bucket, lower: 0 };
  return hasNegative && !hasPositive ? { ...bucket, upper: 0 } : bucket;
}
