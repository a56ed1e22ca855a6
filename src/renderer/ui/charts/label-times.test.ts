import { expect, it } from 'vitest';
import { labelTimes } from './label-times';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime() / 1000;

it('has the date below the first, and below where it changes', () => {
  expect(labelTimes([at(29, 22), at(29, 23), at(30, 0), at(30, 1)], 3600)).toEqual([
    '22:00\n2026-11-29',
    '23:00',
    '00:00\n2026-11-30',
    '01:00',
  ]);
});

it('has no date below the first where the second has another, but where both have room', () => {
  expect(labelTimes([at(29, 23, 30), at(30, 0)], 1800)).toEqual(['23:30', '00:00\n2026-11-30']);
  expect(labelTimes([at(29, 0), at(30, 0)], 86_400)).toEqual(['00:00\n2026-11-29', '00:00\n2026-11-30']);
});
