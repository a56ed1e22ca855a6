import { expect, it } from 'vitest';
import { createSeries } from './create-series';
import { evaluateInstant, type InstantResult } from './evaluate-instant';
import { MemorySampleSource } from './memory-sample-source';
import { parsePromql } from './parse-promql';

const source = new MemorySampleSource([
  createSeries({ __name__: 'a', x: '1' }, [
    [1000, 5],
    [2000, 'stale'],
    [3000, 7],
  ]),
  createSeries({ __name__: 'a', x: '2' }, [[3000, 9]]),
  createSeries({ __name__: 'a', x: '3' }, [[3000, Number.NaN]]),
]);

async function run(query: string, timeMs = 3000): Promise<InstantResult> {
  const parsed = await parsePromql(query);
  if ('error' in parsed) throw new Error(parsed.error.message);
  const answer = await evaluateInstant({ ast: parsed.ast, source, timeMs });
  if ('error' in answer) throw new Error(answer.error.message);
  return answer.result;
}

/** The values of the label x, in the order of the answer. */
async function orderOf(query: string): Promise<string[]> {
  const result = await run(query);
  return result.type === 'vector' ? result.samples.map(({ labels }) => labels.find(([name]) => name === 'x')![1]) : [];
}

it('answers each type as itself', async () => {
  expect(await run('1 + 2')).toEqual({ type: 'scalar', value: 3 });
  expect(await run('"text"')).toEqual({ type: 'string', text: 'text' });
  expect(await run('a{x="1"} * 2')).toEqual({ type: 'vector', samples: [{ labels: [['x', '1']], value: 14 }] });
});

it('answers a range with the samples in it, without stale markers and the one at its start', async () => {
  const matrix = await run('a{x="1"}[2s]');
  expect(matrix).toMatchObject({
    type: 'matrix',
    series: [{ times: Float64Array.of(3000), values: Float64Array.of(7) }],
  });
  expect(await run('a{x="1"}[3s]')).toMatchObject({ series: [{ times: Float64Array.of(1000, 3000) }] });
});

it('answers a subquery with its steps', async () => {
  expect(await run('(a{x="1"} + 1)[3s:1s]')).toMatchObject({
    type: 'matrix',
    series: [{ labels: [['x', '1']], times: Float64Array.of(1000, 3000), values: Float64Array.of(6, 8) }],
  });
});

it('keeps the order of sort and topk, NaN last', async () => {
  expect(await orderOf('sort(a)')).toEqual(['1', '2', '3']);
  expect(await orderOf('sort_desc(a)')).toEqual(['2', '1', '3']);
  expect(await orderOf('topk(2, a)')).toEqual(['2', '1']);
  expect(await orderOf('bottomk(3, a)')).toEqual(['1', '2', '3']);
});

it('has the labels of equality matchers on an absent vector', async () => {
  expect(await run('absent(nothing{job="api",x=~"y"})')).toEqual({
    type: 'vector',
    samples: [{ labels: [['job', 'api']], value: 1 }],
  });
});
