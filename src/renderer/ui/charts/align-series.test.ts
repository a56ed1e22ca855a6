import { describe, expect, it } from 'vitest';
import { alignSeries } from './align-series';

describe('alignSeries', () => {
  it('puts series that start at different times on one grid', () => {
    const { times, columns } = alignSeries(
      [
        {
          labels: {},
          values: [
            [10, '1'],
            [20, '2'],
          ],
        },
        {
          labels: {},
          values: [
            [20, '5'],
            [30, '6'],
          ],
        },
      ],
      10,
    );
    expect(times).toEqual([10, 20, 30]);
    expect(columns).toEqual([
      [1, 2, null],
      [null, 5, 6],
    ]);
  });

  it('leaves a gap where every series is silent', () => {
    const { times, columns } = alignSeries(
      [
        {
          labels: {},
          values: [
            [10, '1'],
            [40, '2'],
          ],
        },
      ],
      10,
    );
    expect(times).toEqual([10, 20, 30, 40]);
    expect(columns[0]).toEqual([1, null, null, 2]);
  });

  it('takes NaN and infinities as gaps', () => {
    const { columns } = alignSeries(
      [
        {
          labels: {},
          values: [
            [10, 'NaN'],
            [20, '+Inf'],
            [30, '3'],
          ],
        },
      ],
      10,
    );
    expect(columns[0]).toEqual([null, null, 3]);
  });

  it('has no times without samples', () => {
    expect(alignSeries([{ labels: {}, values: [] }], 10)).toEqual({ times: [], columns: [[]] });
  });
});
