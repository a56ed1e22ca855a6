import { boundOfBucket } from './bound-of-bucket';
import type { NativeHistogram } from './native-histogram';

export interface BoundedBucket {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

/** All populated buckets from the least values to the greatest, the zero bucket among them. */
export function listBuckets({
  schema,
  zeroThreshold,
  zeroCount,
  positive,
  negative,
}: NativeHistogram): BoundedBucket[] {
  const buckets: BoundedBucket[] = [];
  for (let i = negative.indexes.length - 1; i >= 0; i--) {
    const index = negative.indexes[i]!;
    const [lower, upper] = [-boundOfBucket(index, schema), -boundOfBucket(index - 1, schema)];
    buckets.push({ lower, upper, count: negative.counts[i]! });
  }
  // As Prometheus lists them: a difference's negative zero bucket is no bucket.
  if (zeroCount > 0) buckets.push({ lower: -zeroThreshold, upper: zeroThreshold, count: zeroCount });
  for (const [i, index] of positive.indexes.entries()) {
    buckets.push({
      lower: boundOfBucket(index - 1, schema),
      upper: boundOfBucket(index, schema),
      count: positive.counts[i]!,
    });
  }
  return buckets;
}
