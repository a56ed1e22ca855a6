import { describe, expect, it } from 'vitest';
import { allOrLive, drawBrush, moveBrush, rangeOfBrush, resizeBrush } from './move-brush';

const minute = 60_000;
const extent = { from: 0, to: 600 * minute };
const brush = { from: 100 * minute, to: 130 * minute };

describe('a brush', () => {
  it('is as long as before wherever it is moved, and stays within', () => {
    expect(moveBrush(brush, 10 * minute, extent)).toEqual({ from: 110 * minute, to: 140 * minute });
    expect(moveBrush(brush, Number.NEGATIVE_INFINITY, extent)).toEqual({ from: 0, to: 30 * minute });
    expect(moveBrush(brush, Number.POSITIVE_INFINITY, extent)).toEqual({ from: 570 * minute, to: 600 * minute });
  });

  it('has ends that do not pass each other', () => {
    expect(resizeBrush(brush, 'from', 500 * minute, extent)).toEqual({ from: brush.to - 1000, to: brush.to });
    expect(resizeBrush(brush, 'to', -1, extent)).toEqual({ from: brush.from, to: brush.from + 1000 });
    expect(resizeBrush(brush, 'from', -1, extent).from).toBe(0);
    expect(drawBrush(200 * minute, 50 * minute, extent)).toEqual({ from: 50 * minute, to: 200 * minute });
  });

  it('goes on with the time where it ends with it, in words as short as may be', () => {
    const upToNow = (length: number) => rangeOfBrush({ from: extent.to - length, to: extent.to }, extent);
    expect(rangeOfBrush(brush, extent)).toEqual(brush);
    expect(upToNow(15 * minute)).toEqual({ since: '15m' });
    expect(upToNow(47 * minute)).toEqual({ since: '47m' });
    expect(upToNow(90_000)).toEqual({ since: '90s' });
    expect(upToNow(300.5 * minute)).toEqual({ since: '301m' });
  });
});

it('a double click shows all, and then what is newest', () => {
  const all = allOrLive({ since: '15m' }, extent);
  expect(all).toEqual({ since: '10h' });
  expect(allOrLive(all, extent)).toEqual({ since: '15m' });
  expect(allOrLive(brush, extent)).toEqual({ since: '10h' });
});
