import { describe, expect, it } from 'vitest';
import { heatOf, readColumns, slowBound } from './picture-columns';
import { durationTicks, pictureStep } from './picture-step';

const bucket = (power: number, ...points: [number, number][]) => ({
  labels: [{ key: '__bucket', value: 2 ** power / 1e9 }],
  points,
});

describe('the columns of a picture', () => {
  it('are the steps within the times that were asked for, empty ones left out', () => {
    const columns = readColumns([bucket(20, [10, 7], [20, 1], [30, 0], [40, 9])], [], 10, 30);
    expect([...columns]).toEqual([[20, { durations: new Map([[20, 1]]), spans: 0, errors: 0 }]]);
  });

  it('count spans of every status, and those that failed', () => {
    const of = (status: string, count: number) => ({
      labels: [{ key: 'status', value: status }],
      points: [[20, count]] as [number, number][],
    });
    const columns = readColumns([], [of('unset', 5), of('error', 2), of('ok', 1)], 10, 30);
    expect(columns.get(20)).toMatchObject({ spans: 8, errors: 2 });
  });

  it('become cells at their times and durations, with rows enough to be seen', () => {
    const heat = heatOf(readColumns([bucket(20, [20, 3])], [], 0, 30), 0, 30, 10);
    expect(heat.xs).toEqual([0, 10, 20, 30]);
    expect(heat.ys).toHaveLength(9);
    const row = heat.ys.indexOf(2 ** 19);
    expect(heat.columns.map((column) => column[row])).toEqual([0, 3, 0]);
  });

  it('are a picture also of nothing', () => {
    const heat = heatOf(new Map(), 0, 20, 10);
    expect(heat.columns).toHaveLength(2);
    expect(slowBound(heat)).toBeNull();
  });
});

describe('the slow spans', () => {
  const heat = (...rows: [power: number, spans: number][]) =>
    heatOf(
      readColumns(
        rows.map(([power, spans]) => bucket(power, [10, spans])),
        [],
        0,
        10,
      ),
      0,
      10,
      10,
    );

  it('are the uppermost row that has any, however many it has', () => {
    expect(slowBound(heat([20, 96], [25, 4]))).toBe(2 ** 20);
    expect(slowBound(heat([20, 60], [25, 40]))).toBe(2 ** 24);
  });

  it('go on below a few stragglers until they are a twentieth, without what is usual', () => {
    expect(slowBound(heat([20, 900], [29, 90], [30, 6]))).toBe(2 ** 28);
    expect(slowBound(heat([20, 900], [21, 6]))).toBe(2 ** 20);
  });
});

describe('the steps of a picture', () => {
  it('are round, and not too many', () => {
    expect(pictureStep({ from: 0, to: 900_000 })).toBe(10);
    expect(pictureStep({ from: 0, to: 3_600_000 })).toBe(30);
    expect(pictureStep({ from: 0, to: 1 })).toBe(1);
    expect(pictureStep({ from: 0, to: 400 * 86_400_000 })).toBe(3 * 86_400);
  });

  it('label durations at their decades', () => {
    expect(durationTicks(2 ** 19, 2 ** 28)).toEqual([1e6, 1e7, 1e8]);
    expect(durationTicks(1000, 10_000)).toEqual([1000, 10_000]);
  });
});
