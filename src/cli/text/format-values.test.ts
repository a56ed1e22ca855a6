import { describe, expect, it } from 'vitest';
import { parseDuration } from './format-values';

describe('parseDuration', () => {
  it('reads seconds to days in milliseconds, and nothing else', () => {
    expect(parseDuration('90s')).toBe(90_000);
    expect(parseDuration('1.5h')).toBe(5_400_000);
    expect(parseDuration('3d')).toBe(259_200_000);
    expect(parseDuration('soon')).toBeUndefined();
    expect(parseDuration('-5m')).toBeUndefined();
  });
});
