import { describe, expect, it, vi } from 'vitest';
import { evaluateRange } from '../evaluate-range';
import { MemorySampleSource } from '../memory-sample-source';
import { parsePromql } from '../parse-promql';
import type { SelectedSeries } from '../terms/sample-source';
import * as labels from '../values/labels';

const STEPS = 3;

/** A series of one metric; a value a step, NaN for none. */
function seriesOf(name: string, key: string, values: readonly number[]): SelectedSeries {
  const present = values.flatMap((value, step) => (Number.isNaN(value) ? [] : [{ value, timeMs: step * 1000 }]));
  return {
    labels: [
      ['__name__', name],
      ['key', key],
    ],
    times: Float64Array.from(present, ({ timeMs }) => timeMs),
    values: Float64Array.from(present, ({ value }) => value),
  };
}

async function evaluate(query: string, series: readonly SelectedSeries[]) {
  const parsed = await parsePromql(query);
  if ('error' in parsed) throw new Error(parsed.error.message);
  const source = new MemorySampleSource(series);
  const times = { startMs: 0, endMs: (STEPS - 1) * 1000, stepMs: 1000, lookbackMs: 1 };
  const answer = await evaluateRange({ ast: parsed.ast, query, source, ...times });
  if ('error' in answer) throw new Error(answer.error.message);
  return answer.matrix.map(({ labels, times, values }) => [
    labels.map(([, text]) => text).join(),
    Object.fromEntries(Array.from(times, (time, i) => [time / 1000, values[i]])),
  ]);
}

const none = Number.NaN;
const series = [
  seriesOf('a', 'x', [1, none, none]),
  seriesOf('b', 'x', [2, 2, none]),
  seriesOf('b', 'y', [none, 2, none]),
  seriesOf('c', 'x', [3, 3, 3]),
  seriesOf('c', 'y', [3, 3, none]),
];

describe('a chain of or', () => {
  it('gives of each operand the steps that those before it left open', async () => {
    expect(await evaluate('a or b or c', series)).toEqual([
      ['a,x', { 0: 1 }],
      ['b,x', { 1: 2 }],
      ['b,y', { 1: 2 }],
      ['c,x', { 2: 3 }],
      ['c,y', { 0: 3 }],
    ]);
  });

  it('matches by the labels of each of its joints', async () => {
    const expected = [
      ['a,x', { 0: 1 }],
      ['b,x', { 1: 2 }],
      ['b,y', { 1: 2 }],
      ['c,x', { 2: 3 }],
    ];
    expect(await evaluate('a or on() b or on() c', series)).toEqual(expected);
    expect(await evaluate('a or b or on() c', series)).toEqual(expected);
    expect(await evaluate('a or (b or on() c)', series)).toEqual(expected);
  });

  it('costs what its operands have, however long it is', async () => {
    const operands = 500;
    const many = Array.from({ length: operands }, (_, i) => seriesOf(`m${i}`, `k${i}`, [i, i, i]));
    const keys = vi.spyOn(labels, 'keyOfLabels');
    const found = await evaluate(many.map((_, i) => `m${i}`).join(' or '), many);
    expect(found).toHaveLength(operands);
    expect(keys.mock.calls.length).toBeGreaterThan(operands);
    expect(keys.mock.calls.length).toBeLessThan(10 * operands);
    keys.mockRestore();
  });
});
