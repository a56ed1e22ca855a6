import { expect, it } from 'vitest';
import { Pace } from '../../../pace/pace';
import { parsePromql } from '../parse-promql';
import { planSelections } from './plan-selections';

const MINUTE = 60_000;

async function plan(query: string): Promise<{ name: string; from: number; to: number; uses: number }[]> {
  const parsed = await parsePromql(query);
  if ('error' in parsed) throw new Error(parsed.error.message);
  const times = { queryStartMs: 100 * MINUTE, queryEndMs: 160 * MINUTE, lookbackMs: 5 * MINUTE };
  return (await planSelections(parsed.ast, times, new Pace())).map(({ matchers, startMs, endMs, selectors }) => ({
    name: matchers[0]!.value,
    from: startMs / MINUTE,
    to: endMs / MINUTE,
    uses: selectors.length,
  }));
}

it('reads an instant selector from the lookback before the start to the end', async () => {
  expect(await plan('up')).toEqual([{ name: 'up', from: 95, to: 160, uses: 1 }]);
});

it('reads a selector used several times once, over all of its ranges', async () => {
  expect(await plan('rate(a[20m]) / a + sum(a offset 30m)')).toEqual([{ name: 'a', from: 65, to: 160, uses: 3 }]);
});

it('reads ranges that lie apart separately', async () => {
  expect((await plan('a - a offset 1d')).map(({ from, to }) => [from, to])).toEqual([
    [95 - 1440, 160 - 1440],
    [95, 160],
  ]);
});

it('follows offsets and @ through subqueries', async () => {
  expect(await plan('max_over_time(rate(a[2m])[10m:1m] offset 3m)')).toEqual([
    { name: 'a', from: 85, to: 157, uses: 1 },
  ]);
  expect(await plan('sum_over_time((a offset 1m)[10m:] @ end())')).toEqual([
    { name: 'a', from: 144, to: 159, uses: 1 },
  ]);
});
