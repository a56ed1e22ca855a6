import { describe, expect, it } from 'vitest';
import { compareMetrics, type MeasuredMetric } from './compare-metrics';

const around = (value: number, count = 16) =>
  Array.from({ length: count }, (_, at) => value * (1 + ((at * 7) % 5) / 50));
const metric = (name: string, against: number[], selection: number[]): MeasuredMetric => ({
  ...{ service: 'shop', name, of: 'level' },
  ...{ selection, against },
});

describe('compareMetrics', () => {
  it('tells what changed most first, and nothing of what did not', () => {
    const told = compareMetrics(
      [
        metric('steady', around(100), around(103)),
        metric('doubled', around(100), around(200)),
        metric('began', around(0), around(5)),
        metric('fell', around(900), around(90)),
      ],
      10,
    );
    expect(told.map(({ name, ratio }) => [name, ratio === null ? null : Number(ratio.toFixed(1))])).toEqual([
      ['began', null],
      ['fell', 0.1],
      ['doubled', 2],
    ]);
  });

  it('is silent of what varies as much without a cause, and of too few values', () => {
    const swings = Array.from({ length: 16 }, (_, at) => (at % 2 === 0 ? 10 : 1000));
    const others = Array.from({ length: 16 }, (_, at) => (at % 3 === 0 ? 10 : 1000));
    expect(compareMetrics([metric('swings', swings, others)], 10)).toEqual([]);
    expect(compareMetrics([metric('few', around(1, 3), around(9, 3))], 10)).toEqual([]);
  });
});
