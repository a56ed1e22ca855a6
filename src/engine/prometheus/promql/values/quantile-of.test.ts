import { expect, it } from 'vitest';
import { quantileOf } from './quantile-of';

it('interpolates between neighbours and leaves the values as they are', () => {
  const values = Float64Array.of(9, 1, 5, 3);
  expect(quantileOf(0.5, values, 0, 4)).toBe(4);
  expect(quantileOf(1, values, 1, 4)).toBe(5);
  expect([...values]).toEqual([9, 1, 5, 3]);
});

it('counts NaN as the least value', () => {
  const values = Float64Array.of(2, Number.NaN, 1);
  expect(quantileOf(0, values, 0, 3)).toBeNaN();
  expect(quantileOf(0.5, values, 0, 3)).toBe(1);
  expect(quantileOf(1, values, 0, 3)).toBe(2);
});

it('sorts many values like few', () => {
  const values = Float64Array.from({ length: 5001 }, (_, index) => (index * 2011) % 5001);
  expect(quantileOf(0.25, values, 0, 5001)).toBe(1250);
});

it('answers infinities outside 0 to 1 and NaN for nothing', () => {
  expect(quantileOf(-0.1, Float64Array.of(1), 0, 1)).toBe(Number.NEGATIVE_INFINITY);
  expect(quantileOf(1.1, Float64Array.of(1), 0, 1)).toBe(Number.POSITIVE_INFINITY);
  expect(quantileOf(0.5, new Float64Array(), 0, 0)).toBeNaN();
});
