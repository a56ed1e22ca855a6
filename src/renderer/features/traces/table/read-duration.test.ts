import { expect, it } from 'vitest';
import { readDuration } from './read-duration';

it.each([
  ['100ms', 100e6],
  ['1.5 s', 1.5e9],
  ['250', 250e6],
  ['3µs', 3e3],
  ['abc', null],
  ['5 years', null],
  ['-1ms', null],
])('reads %j as %j nanoseconds', (text, nanoseconds) => {
  expect(readDuration(text)).toBe(nanoseconds);
});
