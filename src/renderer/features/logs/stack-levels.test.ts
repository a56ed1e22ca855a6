import { describe, expect, it } from 'vitest';
import { stackLevels } from './stack-levels';

const window = { from: 1000_000, to: 1020_000 };
const order = ['error', 'info', 'unknown'];

describe('stackLevels', () => {
  it('stacks the levels of one time on each other in the given order', () => {
    const { bars, top } = stackLevels(
      [
        { labels: { detected_level: 'info' }, values: [[1010, '7']] },
        { labels: { detected_level: 'error' }, values: [[1010, '2']] },
      ],
      window,
      10,
      order,
    );
    expect(bars).toEqual([
      {
        from: 1000_000,
        to: 1010_000,
        parts: [
          { level: 'error', below: 0, count: 2 },
          { level: 'info', below: 2, count: 7 },
        ],
      },
    ]);
    expect(top).toBe(9);
  });

  it('counts a level it does not know as unknown', () => {
    const { bars } = stackLevels([{ labels: { detected_level: 'verbose' }, values: [[1010, '3']] }], window, 10, order);
    expect(bars[0]?.parts).toEqual([{ level: 'unknown', below: 0, count: 3 }]);
  });

  it('keeps a height of at least one while there is nothing', () => {
    expect(stackLevels([], window, 10, order)).toEqual({ bars: [], top: 1 });
  });
});
