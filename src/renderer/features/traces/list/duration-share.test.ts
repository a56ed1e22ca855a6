import { describe, expect, it } from 'vitest';
import { durationRange, durationShare } from './duration-share';

const ms = 1e6;

describe('durationShare', () => {
  it('leaves short traces a difference beside one that took fifteen seconds', () => {
    const range = durationRange([5 * ms, 50 * ms, 15_000 * ms]);
    expect(durationShare(15_000 * ms, range)).toBe(1);
    expect(durationShare(50 * ms, range) - durationShare(5 * ms, range)).toBeGreaterThan(0.2);
  });

  it('is linear where all are alike', () => {
    const range = durationRange([100 * ms, 200 * ms]);
    expect(durationShare(100 * ms, range)).toBe(0.5);
  });

  it('shows something of a trace without a duration, and never more than the whole', () => {
    for (const durations of [[0], [0, 0], [0, 5 * ms], [1, 1e12]]) {
      const range = durationRange(durations);
      for (const duration of durations) {
        const share = durationShare(duration, range);
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(1);
      }
    }
  });
});
