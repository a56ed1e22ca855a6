import { describe, expect, it } from 'vitest';
import { pauseAfterCrash } from './reload-after-crash';

describe('pauseAfterCrash', () => {
  it('loads the page again at once, and slowly once it crashes all the time', () => {
    expect(pauseAfterCrash([0], 0)).toBe(0);
    expect(pauseAfterCrash([0, 1000, 2000, 3000], 3000)).toBe(0);
    expect(pauseAfterCrash([0, 1000, 2000, 3000, 4000], 4000)).toBe(10_000);
  });

  it('forgets crashes of more than a minute ago', () => {
    expect(pauseAfterCrash([0, 1000, 2000, 3000, 70_000], 70_000)).toBe(0);
  });
});
