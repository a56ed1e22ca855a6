import { describe, expect, it } from 'vitest';
import { Pace } from '../../pace/pace';
import { groupSamples, type SeriesSamples } from './group-samples';

function rows(...samples: [series: number, time: number, value: number, rowid: number][]) {
  return {
    series: Uint32Array.from(samples, ([series]) => series),
    times: Float64Array.from(samples, ([, time]) => time),
    values: Float64Array.from(samples, ([, , value]) => value),
    rowids: Float64Array.from(samples, ([, , , rowid]) => rowid),
  };
}

function plain(groups: readonly SeriesSamples[]) {
  return groups.map(({ series, times, values }) => [series, [...times], [...values]]);
}

describe('groupSamples', () => {
  it('gives every wanted series its samples and leaves the others out', async () => {
    const groups = await groupSamples(
      rows([7, 10, 1, 0], [9, 10, 2, 1], [3, 10, 9, 2], [7, 20, 3, 3], [8, 20, 9, 4]),
      [9, 7, 5],
      new Pace(),
    );
    expect(plain(groups)).toEqual([
      [9, [10], [2]],
      [7, [10, 20], [1, 3]],
    ]);
  });

  it('takes stretches of rows in the order of arrival', async () => {
    const answered = rows([1, 10, 1, 2], [1, 30, 5, 9000], [1, 30, 4, 4000], [1, 20, 2, 4001]);
    expect(plain(await groupSamples(answered, [1], new Pace()))).toEqual([[1, [10, 20, 30], [1, 2, 5]]]);
  });

  it('sorts late samples in and keeps the last to arrive of those at one time', async () => {
    const late = rows([1, 30, 3, 4], [1, 10, 7, 5], [1, 20, 2, 1], [1, 30, 1, 2], [1, 20, 8, 9]);
    expect(plain(await groupSamples(late, [1], new Pace()))).toEqual([[1, [10, 20, 30], [7, 8, 3]]]);
  });

  it('keeps the bits of a stale marker, sorted or not', async () => {
    for (const times of [
      [1, 2],
      [2, 1],
    ]) {
      const table = rows([1, times[0]!, 0, 0], [1, times[1]!, 5, 1]);
      new Uint32Array(table.values.buffer).set([2, 0x7ff00000]);
      const [group] = await groupSamples(table, [1], new Pace());
      const at = times.indexOf(Math.min(...times)) === 0 ? 0 : 1;
      const words = new Uint32Array(group!.values.buffer, group!.values.byteOffset + 8 * at, 2);
      expect([...words]).toEqual([2, 0x7ff00000]);
    }
  });

  it('answers nothing for no series and no rows', async () => {
    expect(await groupSamples(rows([1, 1, 1, 1]), [], new Pace())).toEqual([]);
    expect(await groupSamples(rows(), [1], new Pace())).toEqual([]);
  });
});
