import { expect, it } from 'vitest';
import { createSeries } from './create-series';
import { evaluateInstant } from './evaluate-instant';
import { MemorySampleSource } from './memory-sample-source';
import { parsePromql } from './parse-promql';

const source = new MemorySampleSource([
  createSeries({ __name__: 'x', job: 'a' }, [[1000, 1]]),
  createSeries({ __name__: 'x', job: 'b' }, [[1000, 2]]),
]);

async function ask(query: string): Promise<unknown> {
  const parsed = await parsePromql(query);
  if ('error' in parsed) return parsed;
  return await evaluateInstant({ ast: parsed.ast, source, timeMs: 1000 });
}

it.each([
  'bottomk(-Inf, x)',
  'topk(-Inf, x)',
  'topk(0, x)',
  'bottomk(0.5, x)',
  'topk by (job) (-3, x)',
  'topk(-1e300, x)',
])('%s selects nothing and is no error', async (query) => {
  expect(await ask(query)).toMatchObject({ result: { type: 'vector', samples: [] } });
});

it.each([
  ['topk(NaN, x)', 'Parameter value is NaN'],
  ['bottomk(Inf, x)', 'overflows int64'],
])('%s fails: %s', async (query, message) => {
  expect(await ask(query)).toMatchObject({ error: { message: expect.stringContaining(message) } });
});

it.each([
  ['label_replace(x, "\\xff", "$1", "job", "(.*)")', 'invalid destination label name'],
  ['label_join(x, "\\xff", "-", "job")', 'invalid destination label name'],
  ['label_join(x, "y", "-", "\\xff")', 'invalid source label name'],
  ['label_replace(x, "y", "$1", "job", "\\xff")', 'invalid regular expression'],
])('%s fails: %s', async (query, message) => {
  expect(await ask(query)).toMatchObject({ error: { message: expect.stringContaining(message) } });
});
