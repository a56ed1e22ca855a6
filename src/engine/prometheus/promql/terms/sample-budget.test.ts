import { afterEach, describe, expect, it } from 'vitest';
import { createSeries } from '../create-series';
import { evaluateRange } from '../evaluate-range';
import { MemorySampleSource } from '../memory-sample-source';
import { parsePromql } from '../parse-promql';
import { SampleBudget, SamplePool } from './sample-budget';

const STEPS = 101;
const MAX_SAMPLES = 1000;
const source = new MemorySampleSource(
  Array.from({ length: 20 }, (_, i) => createSeries({ __name__: 'x', i: String(i) }, [[0, i]])),
);

const { Float64Array: Original } = globalThis;
afterEach(() => {
  globalThis.Float64Array = Original;
});

/** The longest array of numbers that is made while `work` runs. */
async function longestArray(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  globalThis.Float64Array = new Proxy(Original, {
    construct(target, parameters) {
      const [length] = parameters as [unknown];
      if (typeof length === 'number' && length > longest) longest = length;
      return Reflect.construct(target, parameters) as object;
    },
  });
  await work();
  globalThis.Float64Array = Original;
  return longest;
}

describe('a query that would hold more samples than it may', () => {
  it.each([
    'max_over_time(vector(1)[365d:100ms])',
    'sum_over_time(vector(time())[1d:1s] offset 1h)',
    'absent_over_time(x[1d:1s] @ end())',
    'count_over_time(absent(nothing)[1d:1s])',
    'last_over_time((1 + vector(2))[1d:1s])',
    'max_over_time(timestamp(vector(1))[1d:1s])',
    'avg_over_time(sum(x)[1d:1s])',
    'quantile_over_time(0.5, vector(scalar(x))[1d:1s])',
    'sum(max_over_time(max_over_time(vector(1)[1h:10s])[1h:10ms]))',
    'label_replace(max_over_time(hour()[1d:1s]), "a", "b", "", "")',
    'rate(x[1m:1ms])',
    'x',
    'x * 2',
    'sort(x)',
    'topk(3, x)',
    'x + on (i) x',
  ])('is refused before the memory is taken: %s', async (query) => {
    const parsed = await parsePromql(query);
    if ('error' in parsed) throw new Error(parsed.error.message);
    let answer: unknown;
    const request = { ast: parsed.ast, source, startMs: 0, endMs: 100_000, stepMs: 1000, maxSamples: MAX_SAMPLES };
    const longest = await longestArray(async () => {
      answer = await evaluateRange(request);
    });
    expect(answer).toMatchObject({
      error: { kind: 'execution', message: expect.stringContaining('too many samples') },
    });
    expect(longest).toBeLessThanOrEqual(MAX_SAMPLES);
  });

  it('may still hold what fits', async () => {
    const parsed = await parsePromql('sum(x) + vector(1)');
    if ('error' in parsed) throw new Error(parsed.error.message);
    const request = { ast: parsed.ast, source, startMs: 0, endMs: 100_000, stepMs: 1000, maxSamples: 25 * STEPS };
    expect(await evaluateRange(request)).toHaveProperty('matrix');
  });
});

describe('queries at the same time', () => {
  it('share what there is, and give it back', () => {
    const pool = new SamplePool(100);
    const [first, second] = [new SampleBudget(80, pool), new SampleBudget(80, pool)];
    first.load(50);
    first.hold(20);
    expect(() => second.load(40)).toThrow(/other queries hold/);
    expect(pool.held).toBe(70);
    first.release();
    second.load(40);
    expect(pool.held).toBe(40);
    second.release();
    expect(pool.held).toBe(0);
  });

  it('are bounded each for itself as well', () => {
    const budget = new SampleBudget(80, new SamplePool(1000));
    budget.keep(50);
    expect(() => budget.hold(31)).toThrow(/too many samples/);
    budget.drop(50);
    budget.hold(80);
    budget.release();
  });
});
