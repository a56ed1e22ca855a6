import { describe, expect, it } from 'vitest';
import { compareRates } from './compare-rates';

const compare = (was: [number, number], is: [number, number]) =>
  compareRates({ count: was[0], of: was[1] }, { count: is[0], of: is[1] });

describe('compareRates', () => {
  it('takes any difference where it is always so many a request on either side', () => {
    expect(compare([30, 30], [60, 30])).toBe('different');
    expect(compare([0, 3], [3, 3])).toBe('different');
    expect(compare([0, 1], [1, 1])).toBe('different');
    expect(compare([60, 30], [40, 20])).toBe('same');
    expect(compare([30, 30], [60, 60])).toBe('same');
  });

  it('does not tell a path that is seldom taken from chance', () => {
    expect(compare([0, 30], [1, 30])).toBe('too-few');
    expect(compare([30, 30], [31, 30])).toBe('too-few');
    expect(compare([2, 30], [0, 30])).toBe('too-few');
    expect(compare([0, 3], [1, 3])).toBe('too-few');
    expect(compare([0, 24], [8, 24])).toBe('different');
    expect(compare([72, 24], [80, 24])).toBe('different');
    expect(compare([0, 300], [20, 300])).toBe('different');
  });

  it('asks for 20 %, and more than chance, of what varies from request to request', () => {
    expect(compare([13, 30], [14, 30])).toBe('same');
    expect(compare([13, 30], [19, 30])).toBe('same');
    expect(compare([130, 300], [190, 300])).toBe('different');
    expect(compare([1300, 3000], [1450, 3000])).toBe('same');
  });
});
