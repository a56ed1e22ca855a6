import { describe, expect, it } from 'vitest';
import { formatAgo } from '../../shared/format-ago';
import { formatBytes } from '../../shared/format-bytes';
import { formatDuration } from '../../shared/format-duration';
import { nanosBetween } from '../../shared/nanos-between';
import { formatRate, formatShort } from './format-number';
import { millisToNanos, nanosToMillis } from './format-time';

describe('formatDuration', () => {
  it.each([
    [0, '0 ns'],
    [850, '850 ns'],
    [12_400, '12.4 µs'],
    [999_700, '1 ms'],
    [1_250_000_000, '1.25 s'],
    [59_990_000_000, '1 m'],
    [200e9, '3 m 20 s'],
    [5400e9, '1 h 30 m'],
  ])('says %d ns as %s', (nanoseconds, text) => {
    expect(formatDuration(nanoseconds)).toBe(text);
  });
});

describe('formatShort', () => {
  it.each([
    [0, '0'],
    [0.25, '0.25'],
    [999.7, '1.00k'],
    [1204, '1.20k'],
    [8_123_456, '8.12M'],
    [-12_400, '-12.4k'],
    [0.00004, '4.0e-5'],
  ])('says %d as %s', (value, text) => {
    expect(formatShort(value)).toBe(text);
  });
});

describe('formatRate', () => {
  it('keeps a digit of what is slow and groups what is fast', () => {
    expect([formatRate(0.52), formatRate(1204), formatRate(45_300)]).toEqual(['0.5', '1,204', '45.3k']);
  });
});

describe('formatBytes', () => {
  it('uses binary multiples', () => {
    expect([formatBytes(512), formatBytes(1536), formatBytes(2 * 1024 ** 3)]).toEqual(['512 B', '1.5 KiB', '2.0 GiB']);
    expect([0, 1, 9, 10.4, 0.25, 1.333].map(formatBytes)).toEqual(['0 B', '1 B', '9 B', '10 B', '0.25 B', '1.3 B']);
  });
});

describe('nanosecond times', () => {
  it('keep every digit', () => {
    expect(nanosBetween('1790000000000000001', '1790000000000000004')).toBe(3);
    expect(nanosToMillis('1790000000123999999')).toBe(1_790_000_000_123);
    expect(millisToNanos(1_790_000_000_123)).toBe('1790000000123000000');
  });
});

describe('formatAgo', () => {
  it('never speaks of the future', () => {
    expect(formatAgo(5000, 1000)).toBe('just now');
    expect(formatAgo(0, 190_000)).toBe('3 min ago');
  });
});
