import { describe, expect, it } from 'vitest';
import { seeded } from '../run-diff/shop-run.test-data';
import { DurationTally, durationBucket } from './duration-tally';

const random = seeded(5);
const samples = Array.from({ length: 2000 }, (_, index) => ({
  startNs: String(1_790_000_000_000_000_000n + BigInt(index) * 1000n),
  spanId: Array.from({ length: 16 }, () => Math.floor(random() * 16).toString(16)).join(''),
  durationNs: Math.round(1e6 + random() * 1e7),
}));
const tallyOf = (list: typeof samples) => {
  const tally = new DurationTally();
  for (const sample of list) tally.add(sample);
  return tally.finish();
};

describe('DurationTally', () => {
  it('gives the same in whatever order durations are added', () => {
    const whole = tallyOf(samples);
    expect(tallyOf(samples.toReversed())).toEqual(whole);
    expect(tallyOf(samples.toSorted((a, b) => (a.spanId < b.spanId ? -1 : 1)))).toEqual(whole);
    expect(whole.samples).toHaveLength(100);
  });

  it('gives the same where parts are tallied by themselves, and stay as they are', () => {
    const parts = [samples.slice(0, 30), samples.slice(30, 900), samples.slice(900)].map((list) => {
      const tally = new DurationTally();
      for (const sample of list.toReversed()) tally.add(sample);
      return tally;
    });
    for (const order of [parts, parts.toReversed()]) {
      const whole = new DurationTally();
      for (const part of order) whole.addAll(part);
      expect(whole.finish()).toEqual(tallyOf(samples));
    }
  });

  it('gives the same where parts were counted elsewhere', () => {
    const tally = new DurationTally();
    for (const part of [samples.slice(0, 700), samples.slice(700)]) {
      const buckets = new Map<number, number>();
      for (const { durationNs } of part)
        buckets.set(durationBucket(durationNs), (buckets.get(durationBucket(durationNs)) ?? 0) + 1);
      tally.addCounted({
        count: part.length,
        totalNs: part.reduce((sum, { durationNs }) => sum + durationNs, 0),
        maxNs: Math.max(...part.map(({ durationNs }) => durationNs)),
        samples: part,
        buckets: [...buckets],
      });
    }
    expect(tally.finish()).toEqual(tallyOf(samples));
  });
});
