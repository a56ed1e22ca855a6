import { describe, expect, it } from 'vitest';
import { EARLIEST_MS, LATEST_MS, parseStep, parseTime } from './parse-time';

describe('parseTime', () => {
  it.each([
    ['1700000000', 1_700_000_000_000],
    ['1700000000.1234', 1_700_000_000_123],
    ['1.7e9', 1_700_000_000_000],
    ['-1.5', -1500],
    ['2023-11-14T22:13:20Z', 1_700_000_000_000],
    ['2023-11-14T23:13:20.5+01:00', 1_700_000_000_500],
    ['-292273086-05-16T16:47:06Z', EARLIEST_MS],
    ['1e300', LATEST_MS],
    ['2023-13-14T22:13:20Z', undefined],
    ['2023-11-14', undefined],
    ['0x10', undefined],
    ['now', undefined],
    ['', undefined],
  ])('reads %j as %s ms', (text, ms) => {
    expect(parseTime(text)).toBe(ms);
  });
});

describe('parseStep', () => {
  it.each([
    ['15', 15_000],
    ['0.5', 500],
    ['1m30s', 90_000],
    ['5ms', 5],
    ['1d', 86_400_000],
    ['-1', -1000],
    ['1 m', undefined],
    ['m', undefined],
  ])('reads %j as %s ms', (text, ms) => {
    expect(parseStep(text)).toBe(ms);
  });
});
