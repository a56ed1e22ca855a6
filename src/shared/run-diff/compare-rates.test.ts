import { describe, expect, it } from 'vitest';
import { ratesDiffer } from './rates-differ';

const differ = (was: [number, number], is: [number, number]) =>
  ratesDiffer({ count: was[0], of: was[1] }, { count: is[0], of: is[1] });

describe('ratesDiffer', () => {
  it('takes any difference from what is always so many a request', () => {
    expect(differ([30, 30], [31, 30])).toBe(true);
    expect(differ([0, 30], [1, 30])).toBe(true);
    expect(differ([60, 30], [40, 20])).toBe(false);
    expect(differ([30, 30], [60, 60])).toBe(false);
  });

  it('asks for 20 %, and more than chance, of what varies from request to request', () => {
    expect(differ([13, 30], [14, 30])).toBe(false);
    expect(differ([13, 30], [19, 30])).toBe(false);
    expect(differ([130, 300], [190, 300])).toBe(true);
    expect(differ([1300, 3000], [1450, 3000])).toBe(false);
  });
});
