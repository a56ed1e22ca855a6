import { expect, it } from 'vitest';
import { createSeries } from '../create-series';
import { evaluateInstant } from '../evaluate-instant';
import { MemorySampleSource } from '../memory-sample-source';
import { parsePromql } from '../parse-promql';

const buckets = (name: string, labels: object, counts: readonly number[]) =>
  ['1', '2', '+Inf'].map((le, at) => createSeries({ __name__: name, ...labels, le }, [[1000, counts[at]!]]));
const source = new MemorySampleSource([
  ...buckets('a_bucket', { job: 'x' }, [10, 10, 10]),
  ...buckets('b_bucket', { job: 'x' }, [0, 10, 10]),
  ...buckets('c_bucket', { job: 'y' }, [0, 10, 10]),
]);

async function ask(query: string): Promise<unknown> {
  const parsed = await parsePromql(query);
  if ('error' in parsed) throw new Error(parsed.error.message);
  return await evaluateInstant({ ast: parsed.ast, source, timeMs: 1000 });
}

it.each(['histogram_quantile(0.5, %)', 'histogram_quantile(scalar(vector(0.5)), %)', 'histogram_fraction(0, 1, %)'])(
  '%s of two metrics with equal labels fails: no number is made of the buckets of both',
  async (query) => {
    expect(await ask(query.replace('%', '{__name__=~"a_bucket|b_bucket"}'))).toMatchObject({
      error: { kind: 'execution', message: expect.stringContaining('same labelset') },
    });
  },
);

it('is a quantile each of two metrics whose labels differ', async () => {
  expect(await ask('histogram_quantile(0.5, {__name__=~"a_bucket|c_bucket"})')).toMatchObject({
    result: {
      samples: [
        { labels: [['job', 'x']], value: 0.5 },
        { labels: [['job', 'y']], value: 1.5 },
      ],
    },
  });
});
