import { expect, it } from 'vitest';
import { averageOf, greatestOf, leastOf, sumOf, varianceOf } from './folds';

it('sums without losing small terms beside large ones', () => {
  expect(sumOf([1e100, 1, -1e100], 0, 3)).toBe(1);
  expect(sumOf(Array(10).fill(0.1), 0, 10)).toBe(1);
});

it('averages values whose sum overflows', () => {
  expect(averageOf([1.5e308, 1.5e308], 0, 2)).toBe(1.5e308);
});

it('averages infinities to what their sum is', () => {
  expect(averageOf([1, Number.POSITIVE_INFINITY], 0, 2)).toBe(Number.POSITIVE_INFINITY);
  expect(averageOf([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], 0, 2)).toBeNaN();
});

it('lets NaN give way to numbers in minimum and maximum', () => {
  expect(leastOf([Number.NaN, 2, 1], 0, 3)).toBe(1);
  expect(greatestOf([2, Number.NaN, 1], 0, 3)).toBe(2);
  expect(leastOf([Number.NaN], 0, 1)).toBeNaN();
});

it('computes the variance of the population of a part of the values', () => {
  expect(varianceOf([100, 2, 4, 6, 100], 1, 4)).toBeCloseTo(8 / 3, 12);
});
