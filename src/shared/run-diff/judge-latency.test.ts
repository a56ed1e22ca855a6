import { describe, expect, it } from 'vitest';
import { judgeLatency } from './judge-latency';

const ms = (...values: number[]) => values.map((value) => value * 1e6);
const one = (before: number[], after: number[]) => judgeLatency([{ before: ms(...before), after: ms(...after) }])[0]!;

describe('judgeLatency', () => {
  it('judges four against four, and says too few below', () => {
    expect(one([10, 11, 12, 13], [40, 41, 42, 43])).toMatchObject({
      verdict: 'slower',
      beforeNs: 11.5e6,
      afterNs: 41.5e6,
    });
    expect(one([40, 41, 42, 43], [10, 11, 12, 13])).toMatchObject({ verdict: 'faster' });
    expect(one([10, 11, 12], [40, 41, 42])).toEqual({
      verdict: 'too-few',
      counts: [3, 3],
      beforeNs: 11e6,
      afterNs: 41e6,
    });
  });

  it('gives the two-sided probability of the exact test', () => {
    expect(one([10, 11, 12, 13], [40, 41, 42, 43])).toHaveProperty('p', 2 / 70);
  });

  it('leaves out the first of five as warm-up, not of four', () => {
    expect(one([900, 10, 11, 12, 13], [40, 41, 42, 43])).toMatchObject({ verdict: 'slower' });
    expect(one([900, 11, 12, 13], [40, 41, 42, 43])).toMatchObject({ verdict: 'same' });
  });

  it('says nothing of less than 5 ms, nor of less than 20 %', () => {
    expect(one([1, 1.1, 1.2, 1.3], [5, 5.1, 5.2, 5.3])).toEqual({ verdict: 'same' });
    expect(one([1, 1.1, 1.2, 1.3], [7, 7.1, 7.2, 7.3])).toMatchObject({ verdict: 'slower' });
    expect(one([100, 101, 102, 103], [115, 116, 117, 118])).toEqual({ verdict: 'same' });
    expect(one([100, 101, 102, 103], [125, 126, 127, 128])).toMatchObject({ verdict: 'slower' });
  });

  it('asks more of each where several might differ, and does not count those that cannot', () => {
    const slower = { before: ms(10, 11, 12, 13), after: ms(40, 41, 42, 43) };
    const still = { before: ms(1, 2, 1, 2), after: ms(2, 1, 2, 1) };
    const restless = { before: ms(10, 90, 20, 80), after: ms(85, 15, 75, 25) };
    expect(judgeLatency([slower, ...new Array<typeof still>(50).fill(still)])[0]).toMatchObject({ verdict: 'slower' });
    expect(judgeLatency([slower, restless])[0]).toEqual({ verdict: 'same' });
  });

  it('is not moved by one that took far longer', () => {
    expect(one([10, 11, 12, 13, 10, 11], [10, 11, 5000, 13, 10, 11])).toEqual({ verdict: 'same' });
  });

  it('does not take for slower what differs by less than 20 %, however sure that is', () => {
    const spread = Array.from({ length: 50 }, (_, index) => 100 + 2 * ((index * 37) % 50));
    expect(
      one(
        spread,
        spread.map((value) => 1.15 * value),
      ),
    ).toEqual({ verdict: 'same' });
    expect(
      one(
        spread,
        spread.map((value) => 1.6 * value),
      ),
    ).toMatchObject({ verdict: 'slower' });
  });
});
