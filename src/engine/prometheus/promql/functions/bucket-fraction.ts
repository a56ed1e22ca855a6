import { type Bucket, mergeEqualBounds } from './bucket-quantile';

/** The share of a classic histogram's observations between two values, interpolated within their buckets. */
export function bucketFraction(lower: number, upper: number, buckets: Bucket[]): number {
  buckets.sort((left, right) => left.upperBound - right.upperBound);
  if (buckets.at(-1)?.upperBound !== Number.POSITIVE_INFINITY) return Number.NaN;
  const merged = mergeEqualBounds(buckets);
  const { count } = merged.at(-1)!;
  if (count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN;
  if (lower >= upper) return 0;
  return (rankOf(upper, merged) - rankOf(lower, merged)) / count;
}

/** How many observations lie below the value. */
function rankOf(value: number, buckets: readonly Bucket[]): number {
  const most = buckets.at(-1)!.count;
  // Where the first bucket ends above zero, all observations are taken to be positive.
  let lower = buckets[0]!.upperBound > 0 ? 0 : Number.NEGATIVE_INFINITY;
  let rank = 0;
  for (const { upperBound, count } of buckets) {
    if (lower >= value) return Math.min(rank, most);
    if (upperBound > value) {
      if (lower === Number.NEGATIVE_INFINITY) return Math.min(count, most);
      return Math.min(rank + ((count - rank) * (value - lower)) / (upperBound - lower), most);
    }
    rank = count;
    lower = upperBound;
  }
  return most;
}
