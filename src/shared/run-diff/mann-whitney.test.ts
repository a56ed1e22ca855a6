import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupBy } from '../group-by';
import { holm } from './holm';
import { mannWhitney } from './mann-whitney';
import { normalTail } from './normal-tail';

const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

/** By trying every split of the pooled values. */
function counted(greater: readonly number[], lesser: readonly number[]): number {
  const pooled = [...greater, ...lesser];
  const wins = (chosen: readonly number[], others: readonly number[]) =>
    chosen.reduce((sum, a) => sum + others.reduce((own, b) => own + (a > b ? 1 : a === b ? 0.5 : 0), 0), 0);
  const seen = wins(greater, lesser);
  let all = 0;
  let above = 0;
  for (let mask = 0; mask < 2 ** pooled.length; mask++) {
    const chosen = pooled.filter((_, index) => (mask >> index) & 1);
    if (chosen.length !== greater.length) continue;
    all++;
    if (
      wins(
        chosen,
        pooled.filter((_, index) => !((mask >> index) & 1)),
      ) >= seen
    )
      above++;
  }
  return above / all;
}

describe('mannWhitney', () => {
  it.each([
    [3, 0.05],
    [4, 1 / 70],
    [5, 1 / 252],
  ])('gives %i against as many that are all less the least there is', (count, p) => {
    expect(mannWhitney(upTo(count, 100), upTo(count))).toBeCloseTo(p, 12);
  });

  it('is what counting out every split gives, with ties and without', () => {
    const values = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(mannWhitney(a, b)).toBeCloseTo(counted(a, b), 10);
      }),
      { numRuns: 60 },
    );
  });

  it('goes on smoothly where it is approximated', () => {
    const [a, b] = [upTo(20).map((value) => 1.7 * value), upTo(20).map((value) => 1.3 * value + 0.05)];
    const exact = mannWhitney(a, b);
    const approximate = mannWhitney([...a, 16.01], b);
    expect(Math.abs(exact - approximate)).toBeLessThan(0.03);
    expect(mannWhitney(upTo(100, 1000), upTo(100))).toBeLessThan(1e-30);
    expect(mannWhitney(upTo(100), upTo(100, 1000))).toBeGreaterThan(0.999);
    expect(mannWhitney(new Array<number>(60).fill(1), new Array<number>(60).fill(1))).toBe(1);
  });
});

describe('mannWhitney of many values', () => {
  it('ranks ties in the middle, in whatever order values come', () => {
    const values = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 25, maxLength: 40 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const wins = a.reduce((sum, x) => sum + b.reduce((own, y) => own + (x > y ? 1 : x === y ? 0.5 : 0), 0), 0);
        const all = a.length + b.length;
        const tied = [...groupBy([...a, ...b], String).values()].map(({ length }) => length ** 3 - length);
        const ties = tied.reduce((sum, each) => sum + each, 0);
        const deviation = Math.sqrt(((a.length * b.length) / 12) * (all + 1 - ties / (all * (all - 1))));
        const expected = normalTail((wins - (a.length * b.length) / 2 - 0.5) / deviation);
        expect(mannWhitney(a, b)).toBeCloseTo(expected, 10);
        expect(mannWhitney(a.toSorted(), b.toReversed())).toBe(mannWhitney(a, b));
      }),
      { numRuns: 15 },
    );
  });
});

describe('holm', () => {
  it('multiplies the least by how many there are, the next by one less, and never goes down', () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});
