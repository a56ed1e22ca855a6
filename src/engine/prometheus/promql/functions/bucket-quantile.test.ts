import { expect, it } from 'vitest';
import { bucketQuantile } from './bucket-quantile';

function buckets(...pairs: [upperBound: number, count: number][]) {
  return pairs.map(([upperBound, count]) => ({ upperBound, count }));
}

const INFINITY = Number.POSITIVE_INFINITY;

it('interpolates within the bucket that holds the rank', () => {
  expect(bucketQuantile(0.5, buckets([1, 4], [2, 8], [INFINITY, 10])).quantile).toBe(1.25);
});

it('answers the highest finite bound for ranks in the last bucket', () => {
  expect(bucketQuantile(0.95, buckets([1, 4], [2, 8], [INFINITY, 10])).quantile).toBe(2);
});

it('answers the bound of a first bucket that ends at or below zero', () => {
  expect(bucketQuantile(0.1, buckets([-1, 5], [INFINITY, 10])).quantile).toBe(-1);
});

it('has no answer without a last bucket, without observations or with a single bucket', () => {
  expect(bucketQuantile(0.5, buckets([1, 4], [2, 8])).quantile).toBeNaN();
  expect(bucketQuantile(0.5, buckets([1, 0], [INFINITY, 0])).quantile).toBeNaN();
  expect(bucketQuantile(0.5, buckets([INFINITY, 3])).quantile).toBeNaN();
});

it('mends decreasing counts and tells, unless rounding explains them', () => {
  expect(bucketQuantile(0.5, buckets([1, 6], [2, 5], [INFINITY, 8])).forced).toBe(true);
  expect(bucketQuantile(0.5, buckets([1, 6], [2, 6 - 1e-13], [INFINITY, 8])).forced).toBe(false);
});

it('answers infinities outside 0 to 1', () => {
  expect(bucketQuantile(-1, buckets([INFINITY, 3])).quantile).toBe(-INFINITY);
  expect(bucketQuantile(1.1, buckets([INFINITY, 3])).quantile).toBe(INFINITY);
});
