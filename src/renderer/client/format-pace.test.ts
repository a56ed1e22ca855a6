import { expect, it } from 'vitest';
import { formatPace } from './format-pace';

const five = 5 * 60_000;

it('says how often something came without rounding it to nothing', () => {
  expect([0, 1, 5, 9, 10, 42, 299, 300, 360, 3600, 1_500_000].map((count) => formatPace(count, five))).toEqual([
    '0',
    '1 in 5 min',
    '5 in 5 min',
    '9 in 5 min',
    '2/min',
    '8.4/min',
    '59.8/min',
    '1/s',
    '1.2/s',
    '12/s',
    '5.00k/s',
  ]);
});

it('tells a long window in hours or days', () => {
  const hour = 3_600_000;
  expect([1, 1.5, 2, 3, 24, 72].map((hours) => formatPace(7, hours * hour))).toEqual([
    '7 in 1 h',
    '7 in 90 min',
    '7 in 2 h',
    '7 in 3 h',
    '7 in 24 h',
    '7 in 3 d',
  ]);
});
