import { expect, it } from 'vitest';
import { createSeries } from './create-series';
import { evaluateInstant } from './evaluate-instant';
import { MemorySampleSource } from './memory-sample-source';
import { parsePromql } from './parse-promql';

const typed = { __type__: 'counter', __unit__: 'seconds' };
const source = new MemorySampleSource([
  createSeries({ __name__: 'x', ...typed, job: 'a' }, [
    [1000, 1],
    [2000, 3],
    [3000, 5],
  ]),
  createSeries({ __name__: 'y', ...typed, job: 'a' }, [[3000, 2]]),
  ...['1', '+Inf'].map((le) => createSeries({ __name__: 'b_bucket', ...typed, job: 'a', le }, [[3000, 1]])),
]);

async function labelsOf(query: string): Promise<string[]> {
  const parsed = await parsePromql(query);
  if ('error' in parsed) throw new Error(parsed.error.message);
  const answer = await evaluateInstant({ ast: parsed.ast, source, timeMs: 3000 });
  if ('error' in answer) throw new Error(answer.error.message);
  if (answer.result.type !== 'vector') throw new Error(`${query} gives a ${answer.result.type}`);
  expect(answer.result.samples).toHaveLength(1);
  return answer.result.samples[0]!.labels.map(([name]) => name);
}

it.each([
  '-x',
  'x / 2',
  '2 * x',
  'x ^ 2',
  'x == bool 5',
  'x + on (job) y',
  'x * ignoring (__type__, __unit__) y',
  'rate(x[5s])',
  'increase(x[5s])',
  'irate(x[5s])',
  'delta(x[5s])',
  'deriv(x[5s])',
  'max_over_time(x[5s])',
  'count_over_time(x[5s])',
  'quantile_over_time(0.5, x[5s])',
  'abs(x)',
  'timestamp(x)',
  'clamp(x, 0, 1)',
  'hour(x)',
  'histogram_quantile(0.5, b_bucket)',
  'sum_over_time((x * 2)[5s:1s])',
])('%s is another thing than x: name, type and unit go together', async (query) => {
  expect(await labelsOf(query)).toEqual(['job']);
});

it.each([
  'x',
  '+x',
  'x > 1',
  'x and on (job) y',
  'topk(1, x)',
  'sort(x)',
  'last_over_time(x[5s])',
  'label_replace(x, "job", "b", "", "")',
])('%s is x still: name, type and unit stay', async (query) => {
  expect(await labelsOf(query)).toEqual(['__name__', '__type__', '__unit__', 'job']);
});
