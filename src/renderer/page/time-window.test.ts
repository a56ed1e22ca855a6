import { describe, expect, it } from 'vitest';
import { parseSince, readTimeSearch, resolveTimeRange, toTimeRange, widen } from './time-window';

describe('the time window of the URL', () => {
  it('reads relative and absolute windows', () => {
    expect(readTimeSearch({ since: '3h', q: 'x' })).toEqual({ since: '3h' });
    expect(readTimeSearch({ from: 1000, to: 2000 })).toEqual({ from: 1000, to: 2000 });
  });

  it('drops what is no window and falls back to the last 15 minutes', () => {
    for (const broken of [{ since: 'soon' }, { since: '0m' }, { from: 5, to: 1 }, { from: 'x', to: 'y' }, {}]) {
      expect(toTimeRange(readTimeSearch(broken))).toEqual({ since: '15m' });
    }
  });

  it('moves a relative window with the clock', () => {
    expect(resolveTimeRange({ since: '1h' }, 10_000_000)).toEqual({ from: 6_400_000, to: 10_000_000 });
    expect(resolveTimeRange({ from: 1, to: 2 }, 10_000_000)).toEqual({ from: 1, to: 2 });
  });

  it('knows seconds, minutes, hours and days', () => {
    expect(['30s', '5m', '2h', '7d', '2w'].map(parseSince)).toEqual([30_000, 300_000, 7_200_000, 604_800_000, null]);
  });
});

describe('twice the window', () => {
  it.each([
    ['15m', '30m'],
    ['6h', '12h'],
    ['90s', '5m'],
    ['7d', '7d'],
    ['30d', '30d'],
  ])('of the last %s is the last %s', (since, wider) => {
    expect(widen({ since }, 0)).toEqual({ since: wider });
  });

  it('of two times goes as far to both sides, and never beyond now', () => {
    expect(widen({ from: 2000, to: 4000 }, 9000)).toEqual({ from: 1000, to: 5000 });
    expect(widen({ from: 2000, to: 4000 }, 4200)).toEqual({ from: 200, to: 4200 });
    expect(widen({ from: 2000, to: 4000 }, 0)).toEqual({ from: 1, to: 4000 });
  });
});
