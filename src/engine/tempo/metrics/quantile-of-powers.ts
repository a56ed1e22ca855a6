/**
 * The quantile (0 to 1) of values counted in buckets of powers of two: `powers` maps the exponent of a bucket's upper
 * bound to its count. Exponential interpolation within the bucket, as Tempo has it.
 */
export function quantileOfPowers(quantile: number, powers: ReadonlyMap<number, number>): number {
  const buckets = [...powers].sort(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0 || !(quantile >= 0 && quantile <= 1)) return 0;
  const wanted = Math.max(1, Math.ceil(quantile * total));
  let passed = 0;
  for (const [i, [exponent, count]] of buckets.entries()) {
    if (passed + count === wanted) return 2 ** exponent;
    if (passed + count > wanted) {
      const below = buckets[i - 1]?.[0] ?? exponent - 1;
      return 2 ** (below + ((exponent - below) * (wanted - passed)) / count);
    }
    passed += count;
  }
  return 2 ** buckets[buckets.length - 1]![0];
}
