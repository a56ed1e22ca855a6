import { describe, expect, it } from 'vitest';
import { sumTail } from './sum-tail';

describe('sumTail', () => {
  it("is twice Fisher's exact tail for one group", () => {
    // 3 of 4 against 1 of 4: the tail is (C(4,3)·C(4,1) + C(4,4)·C(4,0)) / C(8,4) = 17/70.
    expect(sumTail([{ all: 8, chosen: 4, having: 4 }], 3, 1)).toBeCloseTo(34 / 70, 10);
    expect(sumTail([{ all: 8, chosen: 4, having: 4 }], 4, 1)).toBeCloseTo(2 / 70, 10);
  });

  it('counts out the sum of several groups', () => {
    // Two draws of one from two: both have it in one of four ways.
    const draw = { all: 2, chosen: 1, having: 1 };
    expect(sumTail([draw, draw], 2, 1)).toBeCloseTo(0.5, 10);
    expect(sumTail([draw, draw, draw, draw, draw, draw], 6, 1)).toBeCloseTo(2 / 64, 10);
  });

  it('goes over to the normal distribution without a step', () => {
    const [few, many] = [
      { all: 400, chosen: 100, having: 120 },
      { all: 420, chosen: 105, having: 126 },
    ];
    const [exact, approximate] = [sumTail([few], 45, 1), sumTail([many], 47, 1)];
    expect(approximate / exact).toBeGreaterThan(0.5);
    expect(approximate / exact).toBeLessThan(2);
  });

  it('takes what came together for one piece of evidence', () => {
    const draw = { all: 1000, chosen: 100, having: 200 };
    expect(sumTail([draw], 60, 1)).toBeLessThan(1e-12);
    expect(sumTail([draw], 60, 50)).toBeGreaterThan(0.05);
  });

  it('is certain where nothing can vary', () => {
    expect(sumTail([{ all: 10, chosen: 5, having: 10 }], 5, 1)).toBe(1);
    expect(sumTail([], 0, 1)).toBe(1);
  });
});
