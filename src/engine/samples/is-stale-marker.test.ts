import { expect, it } from 'vitest';
import { bitsOf, isStaleMarker, writeStaleMarker } from './is-stale-marker';

it('tells the stale marker from an ordinary NaN and from numbers', () => {
  const values = Float64Array.of(1, Number.NaN, 0, Number.POSITIVE_INFINITY);
  const bits = bitsOf(values);
  writeStaleMarker(bits, 2);
  expect([0, 1, 2, 3].map((index) => isStaleMarker(bits, index))).toEqual([false, false, true, false]);
  expect(values[2]).toBeNaN();
});

it('counts from the start of a part of a larger array', () => {
  const whole = new Float64Array(4);
  writeStaleMarker(bitsOf(whole), 3);
  expect(isStaleMarker(bitsOf(whole.subarray(2)), 1)).toBe(true);
});
