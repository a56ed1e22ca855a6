import { expect, it } from 'vitest';
import { bytesBetween, oldestWithin } from './journal-extent';

const segments = [
  { segment: 3, bytes: 100 },
  { segment: 4, bytes: 50 },
  { segment: 6, bytes: 80 },
];
const at = (segment: number, position: number) => ({ segment, position });

it.each([
  [at(3, 40), at(6, 10), 60 + 50 + 10],
  [at(4, 10), at(4, 30), 20],
  [at(1, 500), at(3, 10), 10],
  [at(5, 7), at(9, 0), 80],
  [at(6, 80), at(6, 80), 0],
  [at(6, 50), at(4, 10), 0],
])('counts the bytes from one place to another: %j to %j', (from, to, bytes) => {
  expect(bytesBetween(segments, from, to)).toBe(bytes);
});

it.each([
  [1000, 3],
  [230, 3],
  [229, 4],
  [80, 6],
  [0, 6],
])('finds the oldest segment within %d bytes', (capacity, segment) => {
  expect(oldestWithin(segments, capacity)).toEqual(at(segment, 0));
});

it('finds the beginning of an empty journal', () => {
  expect(oldestWithin([], 10)).toEqual(at(0, 0));
});
