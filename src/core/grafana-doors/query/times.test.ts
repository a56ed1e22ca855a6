import { describe, expect, it } from 'vitest';
import { formatGoDuration } from './go-duration';
import { readGrafanaTime } from './grafana-time';
import { formatInterval, readInterval, roundInterval } from './interval';
import { replaceVariables } from './replace-variables';

const now = Date.parse('2026-03-04T15:16:17.000Z');

it('reads the times that Grafana’s clients write', () => {
  const read = (text: string, isEnd = false) => {
    const at = readGrafanaTime(text, now, isEnd);
    return at === null ? null : new Date(at).toISOString();
  };
  expect(read('1772366400000')).toBe('2026-03-01T12:00:00.000Z');
  expect(read('now')).toBe('2026-03-04T15:16:17.000Z');
  expect(read('now-90s')).toBe('2026-03-04T15:14:47.000Z');
  expect(read('now+1h')).toBe('2026-03-04T16:16:17.000Z');
  expect(read('now-1M')).toBe('2026-02-04T15:16:17.000Z');
  expect(read('now/d')).toBe('2026-03-04T00:00:00.000Z');
  expect(read('now/d', true)).toBe('2026-03-04T23:59:59.999Z');
  expect(read('now-1w/w')).toBe('2026-02-22T00:00:00.000Z');
  expect(read('now/M', true)).toBe('2026-03-31T23:59:59.999Z');
  expect(read('now/y')).toBe('2026-01-01T00:00:00.000Z');
  expect(read('2026-03-01T12:00:00Z')).toBe('2026-03-01T12:00:00.000Z');
  for (const none of ['', 'yesterday', 'now-', 'now-5', '5m', '2026-99-99']) expect(read(none), none).toBeNull();
});

describe('intervals', () => {
  it('are rounded to the steps of a chart', () => {
    const day = 86_400_000;
    expect([5, 10, 12, 999, 1_500, 16_000, 90_000, 90_001, 3_000_000].map(roundInterval)).toEqual([
      1, 1, 10, 1_000, 1_000, 15_000, 60_000, 120_000, 3_600_000,
    ]);
    expect([1, 1.1, 8, 22, 731].map((days) => roundInterval(days * day) / day)).toEqual([0.5, 1, 7, 30, 365]);
  });

  it('are read and written as Grafana and Go have them', () => {
    expect(['15s', '>1m', '30', '1h30m', '250ms'].map(readInterval)).toEqual([15_000, 60_000, 30_000, 5_400_000, 250]);
    expect(['', '1x', 'm'].map(readInterval)).toEqual([null, null, null]);
    expect([15_000, 60_000, 3_600_000, 1_500, 250, 90_000].map(formatGoDuration)).toEqual([
      '15s',
      '1m0s',
      '1h0m0s',
      '1.5s',
      '250ms',
      '1m30s',
    ]);
    expect([500, 60_000, 86_400_000, 90_000].map(formatInterval)).toEqual(['500ms', '1m', '1d', '1m']);
  });
});

it('fills in the longer of two names that begin alike', () => {
  expect(replaceVariables(`$__range_ms $__range \${__range_ms} $__other`, { __range: 'R', __range_ms: 'MS' })).toBe(
    'MS R MS $__other',
  );
});
