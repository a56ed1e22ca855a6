import { boundOfBucket } from './bound-of-bucket';
import type { Buckets, NativeHistogram } from './native-histogram';

/**
 * What the zero bucket holds when it is widened to at least `threshold` (not below its own). Where that cuts a populated
 * bucket, the threshold becomes that bucket's far bound.
 */
export function countInZeroBucket(
  histogram: Pick<NativeHistogram, 'schema' | 'zeroThreshold' | 'zeroCount' | 'positive' | 'negative'>,
  threshold: number,
): { count: number; threshold: number } {
  if (threshold <= histogram.zeroThreshold) return { count: histogram.zeroCount, threshold: histogram.zeroThreshold };
  let widened = threshold;
  for (;;) {
    const positive = countBelow(histogram.positive, histogram.schema, widened);
    const negative = countBelow(histogram.negative, histogram.schema, positive.threshold);
    widened = negative.threshold;
    if (widened === positive.threshold)
      return { count: histogram.zeroCount + positive.count + negative.count, threshold: widened };
  }
}

function countBelow(
  { indexes, counts }: Buckets,
  schema: number,
  threshold: number,
): { count: number; threshold: number } {
  let count = 0;
  for (const [i, index] of indexes.entries()) {
    if (boundOfBucket(index - 1, schema) >= threshold) break;
    count += counts[i]!;
    const upper = boundOfBucket(index, schema);
    if (upper > threshold) return { count, threshold: upper };
  }
  return { count, threshold };
}
