import { describe, expect, it } from 'vitest';
import { Standing } from './standing';

describe('Standing', () => {
  it('is failing from a refusal until a later try of the same signal is taken', () => {
    const standing = new Standing();
    expect(standing.isFailing).toBe(false);
    standing.settle('traces', standing.begin(), true);
    expect(standing.isFailing).toBe(true);
    standing.settle('logs', standing.begin(), false);
    expect(standing.isFailing).toBe(true);
    standing.settle('traces', standing.begin(), false);
    expect(standing.isFailing).toBe(false);
  });

  it('believes the newest try, also when an older one is answered after it', () => {
    const standing = new Standing();
    const [first, second] = [standing.begin(), standing.begin()];
    standing.settle('traces', second, true);
    standing.settle('traces', first, false);
    expect(standing.isFailing).toBe(true);
    const [third, fourth] = [standing.begin(), standing.begin()];
    standing.settle('traces', fourth, false);
    standing.settle('traces', third, true);
    expect(standing.isFailing).toBe(false);
  });
});
