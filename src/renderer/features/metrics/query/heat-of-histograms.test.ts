import { expect, it } from 'vitest';
import type { Series } from '../../../../shared/contract/telemetry';
import { heatOfHistograms } from './heat-of-histograms';

const bucket = (le: string, ...values: (number | string)[]): Series => ({
  labels: { le },
  values: values.map((value, index) => [100 + index * 10, String(value)]),
});

it('takes what is below a bucket out of its count, in any order of the bounds', () => {
  const cells = heatOfHistograms(
    [bucket('+Inf', 3, 5), bucket('1', 1, 'NaN'), bucket('0.5', 0, 0), bucket('2', 3, 4)],
    10,
  );
  expect(cells).toEqual({
    xs: [90_000, 100_000, 110_000],
    ys: [0.5, 1, 2, Number.POSITIVE_INFINITY],
    columns: [new Float64Array([10, 20, 0]), new Float64Array([0, 40, 10])],
  });
});

it('takes apart those of several services before it lays their bounds on each other', () => {
  const of = (service: string, le: string, value: number): Series => ({
    labels: { le, service },
    values: [[100, String(value)]],
  });
  const shop = [of('shop', '1', 2), of('shop', '3', 6), of('shop', '+Inf', 6)];
  const cart = [of('cart', '1', 1), of('cart', '2', 3), of('cart', '3', 3), of('cart', '+Inf', 3)];
  const cells = heatOfHistograms([...shop, ...cart], 1)!;
  expect(cells.ys).toEqual([0, 1, 2, 3]);
  expect([...(cells.columns[0] as Float64Array)]).toEqual([3, 4, 2]);
});

it('leaves a gap of time empty', () => {
  const early = bucket('+Inf', 1);
  const gapped = { ...early, values: [...early.values, [130, '2'] as [number, string]] };
  expect(heatOfHistograms([gapped], 10)?.columns.map((column) => [...(column as Float64Array)])).toEqual([
    [10],
    [0],
    [0],
    [20],
  ]);
});

it('puts whole histograms on rows no lower than their widest bucket', () => {
  const histogram = (...buckets: [number, string, string, string][]) => ({ count: '1', sum: '1', buckets });
  const histograms: Series['histograms'] = [
    [100, histogram([0, '1', '2', '3'], [0, '2', '4', '1'])],
    [110, histogram([0, '1', '4', '2'], [0, '4', '16', '1'])],
  ];
  const cells = heatOfHistograms([{ labels: {}, values: [], histograms }], 10)!;
  expect(cells.ys.map((bound) => Number(bound.toFixed(6)))).toEqual([1, 4, 16]);
  expect(cells.columns.map((column) => [...(column as Float64Array)])).toEqual([
    [40, 0],
    [20, 10],
  ]);
});

it('gives those around zero and below a place too', () => {
  const histograms: Series['histograms'] = [
    [
      100,
      {
        count: '2',
        sum: '0',
        buckets: [
          [3, '-0.5', '0.5', '4'],
          [0, '1', '2', '1'],
        ],
      },
    ],
  ];
  const cells = heatOfHistograms([{ labels: {}, values: [], histograms }], 1)!;
  expect([...(cells.columns[0] as Float64Array)].reduce((sum, count) => sum + count, 0)).toBe(5);
});

it('has none of what is no histogram, or empty', () => {
  expect(heatOfHistograms([], 10)).toBeNull();
  expect(heatOfHistograms([{ labels: {}, values: [[1, '2']] }], 10)).toBeNull();
  expect(heatOfHistograms([bucket('+Inf', 0)], 10)).toBeNull();
});
