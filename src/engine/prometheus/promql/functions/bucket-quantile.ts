export interface Bucket {
  readonly upperBound: number;
  /** Cumulative. */
  count: number;
}

/** Differences below this share of the count come from rounding (of rates, for one) and are mended silently. */
const SMALL_DELTA = 1e-12;

/**
 * The φ-quantile of a classic histogram, interpolated within its bucket. The buckets are sorted and mended in place;
 * `forced` tells that counts decreased from bucket to bucket by more than rounding explains.
 */
export function bucketQuantile(phi: number, buckets: Bucket[]): { quantile: number; forced: boolean } {
  const without = (quantile: number) => ({ quantile, forced: false });
  if (Number.isNaN(phi)) return without(Number.NaN);
  if (phi < 0) return without(Number.NEGATIVE_INFINITY);
  if (phi > 1) return without(Number.POSITIVE_INFINITY);
  buckets.sort((left, right) => left.upperBound - right.upperBound);
  if (buckets.at(-1)?.upperBound !== Number.POSITIVE_INFINITY) return without(Number.NaN);
  const merged = mergeEqualBounds(buckets);
  const forced = ensureMonotonic(merged);
  const last = merged.length - 1;
  const observations = merged[last]!.count;
  if (last < 1 || observations === 0) return { quantile: Number.NaN, forced };
  let rank = phi * observations;
  let index = 0;
  while (index < last && !(merged[index]!.count >= rank)) index++;
  if (index === last) return { quantile: merged[last - 1]!.upperBound, forced };
  const { upperBound, count } = merged[index]!;
  if (index === 0 && upperBound <= 0) return { quantile: upperBound, forced };
  const below = index === 0 ? { upperBound: 0, count: 0 } : merged[index - 1]!;
  rank -= below.count;
  const quantile = below.upperBound + (upperBound - below.upperBound) * (rank / (count - below.count));
  return { quantile, forced };
}

/** Buckets of equal bounds as one; they must be sorted. */
export function mergeEqualBounds(buckets: readonly Bucket[]): Bucket[] {
  const merged: Bucket[] = [];
  for (const bucket of buckets) {
    const last = merged.at(-1);
    if (last?.upperBound === bucket.upperBound) last.count += bucket.count;
    else merged.push({ ...bucket });
  }
  return merged;
}

function ensureMonotonic(buckets: readonly Bucket[]): boolean {
  let forced = false;
  let previous = buckets[0]!.count;
  for (const bucket of buckets) {
    const isRounding = Math.abs(bucket.count - previous) <= SMALL_DELTA * (Math.abs(bucket.count) + Math.abs(previous));
    if (bucket.count < previous && !isRounding) forced = true;
    if (bucket.count < previous || isRounding) bucket.count = previous;
    else previous = bucket.count;
  }
  return forced;
}
