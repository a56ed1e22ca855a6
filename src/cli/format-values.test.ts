import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, parseDuration } from './format-values';

describe('formatBytes', () => {
  it('uses binary units', () => {
    expect(formatBytes(512)).toBe('512 B');
    expect(formatBytes(2 * 1024 ** 3)).toBe('2.0 GiB');
  });
});

describe('formatDuration', () => {
  it('chooses the unit by size', () => {
    expect(formatDuration(800)).toBe('800 ns');
    expect(formatDuration(1_500_000)).toBe('1.5 ms');
    expect(formatDuration(2_250_000_000)).toBe('2.25 s');
  });
});

describe('parseDuration', () => {
  it('reads seconds to days in milliseconds, and nothing else', () => {
    expect(parseDuration('90s')).toBe(90_000);
    expect(parseDuration('1.5h')).toBe(5_400_000);
    expect(parseDuration('3d')).toBe(259_200_000);
    expect(parseDuration('soon')).toBeUndefined();
    expect(parseDuration('-5m')).toBeUndefined();
  });
});
