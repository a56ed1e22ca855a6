import { expect, it } from 'vitest';
import type { Attribute } from '../../shared/contract/telemetry';
import { facetsByMetrics } from './facets-by-metrics';

const window = { from: 0, to: 1 };
const series = (value: number, ...labels: Attribute[]) => ({ labels, value });
const customer = (value: Attribute['value']): Attribute => ({ key: 'span.customer', value });

it('counts by metrics queries of TraceQL where no engine counts: values, failures, slow ones, and what is left out', async () => {
  const asked: string[] = [];
  const answers: Record<string, ReturnType<typeof series>[]> = {
    '{ .a = 1 } | count_over_time() with (exemplars=false)': [series(100)],
    '{ .a = 1 } | count_over_time() by (span.customer) | topk(2) with (exemplars=false)': [
      series(20, customer('nil')),
      series(60, customer('acme "1"')),
      series(0, customer('idle')),
    ],
    '{ .a = 1 } | count_over_time() by (span.customer, status) with (exemplars=false)': [
      series(7, customer('acme "1"'), { key: 'status', value: 'error' }),
      series(53, customer('acme "1"'), { key: 'status', value: 'unset' }),
    ],
    '{ .a = 1 } | quantile_over_time(duration, .95) by (span.customer) with (exemplars=false)': [
      series(0.5, customer('acme "1"'), { key: 'p', value: 0.95 }),
    ],
  };
  const found = await facetsByMetrics(
    { query: '{ .a = 1 }', window, fields: ['span.customer'], limit: 2, durations: true },
    async (q) => {
      asked.push(q);
      return { series: answers[q] ?? [] };
    },
  );
  expect(asked.toSorted()).toEqual(Object.keys(answers).toSorted());
  expect(found).toEqual({
    spans: 100,
    facets: [
      {
        field: 'span.customer',
        groups: [
          { value: 'acme "1"', condition: 'span.customer = "acme \\"1\\""', count: 60, errors: 7, p95Ns: 5e8 },
          { value: null, condition: 'span.customer = nil', count: 20, errors: 0, p95Ns: null },
        ],
        others: { values: null, spans: 20 },
        looked: 100,
      },
    ],
  });
});
