import { expect, it } from 'vitest';
import type { NativeHistogram } from '../../../../shared/contract/telemetry';
import { drawQuantiles, quantileOf } from './draw-quantiles';

const wide: NativeHistogram = {
  count: '10',
  sum: '20',
  buckets: [
    [3, '-0.001', '0.001', '2'],
    [0, '1', '2', '4'],
    [0, '2', '4', '4'],
  ],
};

it('draws a series of histograms as a line a quantile, and leaves series of numbers as they are', () => {
  const numbers = { labels: { __name__: 'up' }, values: [[60, '1'] as [number, string]] };
  const drawn = drawQuantiles([numbers, { labels: { __name__: 'lat' }, values: [], histograms: [[60, wide]] }]);
  expect(drawn[0]).toEqual(numbers);
  expect(drawn.slice(1).map(({ labels }) => labels)).toEqual([
    { __name__: 'lat', quantile: '0.5' },
    { __name__: 'lat', quantile: '0.95' },
    { __name__: 'lat', quantile: '0.99' },
  ]);
  expect(Number(drawn[1]!.values[0]![1])).toBeCloseTo(2 ** 0.75, 12);
});

it('estimates quantiles within their bucket', () => {
  expect(quantileOf(0.4, wide)).toBeCloseTo(Math.SQRT2, 12);
  expect(quantileOf(1, wide)).toBe(4);
  // Only positive buckets: what is around zero is above it.
  expect(quantileOf(0.1, wide)).toBeCloseTo(0.0005, 12);
  const negative: NativeHistogram = { count: '2', sum: '-3', buckets: [[1, '-4', '-1', '2']] };
  expect(quantileOf(0.5, negative)).toBeCloseTo(-2, 12);
});

it('has none of nothing', () => {
  expect(quantileOf(0.5, { count: '0', sum: '0' })).toBeNaN();
});
