import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pace } from './pace';
import { sortInSteps, sortInTurns } from './sort-in-turns';

const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key;

test('items are ordered as by the built-in sort, equal ones as they came', async () => {
  const keys = fc.array(fc.nat(50), { maxLength: 2000 });
  await fc.assert(
    fc.asyncProperty(keys, async (all) => {
      const items = all.map((key, at) => ({ key, at }));
      expect(await sortInTurns(items, byKey, new Pace())).toEqual([...items].sort(byKey));
    }),
  );
});

test('no step compares more than some thousand times, however many items there are', () => {
  let compared = 0;
  const items = Array.from({ length: 50_000 }, (_, i) => ({ key: (i * 7919) % 50_021 }));
  const steps = sortInSteps(items, (a, b) => {
    compared++;
    return byKey(a, b);
  });
  let most = 0;
  for (let step = steps.next(); !step.done; step = steps.next()) {
    most = Math.max(most, compared);
    compared = 0;
  }
  expect(most).toBeLessThan(3000);
});
