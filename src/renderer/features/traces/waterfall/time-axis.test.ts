import { describe, expect, it } from 'vitest';
import { chooseTicks, placeOf } from './time-axis';

describe('chooseTicks', () => {
  it('chooses round steps', () => {
    expect(chooseTicks({ from: 0, to: 1000 }, 5)).toEqual([0, 200, 400, 600, 800, 1000]);
    expect(chooseTicks({ from: 310, to: 390 }, 4)).toEqual([320, 340, 360, 380]);
  });
});

describe('placeOf', () => {
  it('is a percentage of the view', () => {
    expect(placeOf(150, { from: 100, to: 200 })).toBe(50);
  });
});

describe('a trace without any duration', () => {
  it('has ticks of whole nanoseconds alone', () => {
    expect(chooseTicks({ from: 0, to: 1 }, 8)).toEqual([0, 1]);
  });
});
