import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../store/open-test-store';
import { createPrometheusApi } from './create-prometheus-api';

const T = 1_700_000_000;
const nanos = (seconds: number) => `${seconds}000000000`;

let store: TestStore;

const point = (at: number, scale: number, counts: string[]) => ({
  timeUnixNano: nanos(T + at),
  count: String(counts.reduce((sum, count) => sum + Number(count), 1)),
  sum: 10 * counts.length,
  scale,
  zeroCount: '1',
  positive: { offset: 0, bucketCounts: counts },
});

beforeAll(async () => {
  store = await openTestStore();
  const dataPoints = [point(0, 0, ['1', '2']), point(60, 0, ['3', '2', '1']), point(120, 0, ['5', '6', '1'])];
  const fine = [{ ...point(0, 10, ['1', '1', '1', '1', '1']), negative: { offset: -4, bucketCounts: ['2'] } }];
  await store.ingestJson('metrics', {
    resourceMetrics: [
      {
        scopeMetrics: [
          {
            metrics: [
              { name: 'native', exponentialHistogram: { aggregationTemporality: 2, dataPoints } },
              {
                name: 'http.requests',
                sum: {
                  isMonotonic: true,
                  aggregationTemporality: 2,
                  dataPoints: [{ timeUnixNano: nanos(T), asInt: 1 }],
                },
              },
              { name: 'fine', exponentialHistogram: { aggregationTemporality: 2, dataPoints: fine } },
            ],
          },
        ],
      },
    ],
  });
});

afterAll(() => store.close());

async function get(path: string, parameters: Record<string, string>) {
  const { app } = createPrometheusApi(store.reader, () => (T + 600) * 1000);
  const response = await app.request(`${path}?${new URLSearchParams(parameters)}`);
  return (await response.json()) as { data?: unknown; error?: string };
}

const at = async (query: string, seconds = 0) => {
  const body = await get('/api/v1/query', { query, time: `${T + seconds}` });
  return body.data ?? body.error;
};

describe('exponential histograms', () => {
  it('answers them in the form of Prometheus, the bounds that belong to a bucket first', async () => {
    expect(await at('native{job=""}')).toEqual({
      resultType: 'vector',
      result: [
        {
          metric: { __name__: 'native' },
          histogram: [
            T,
            {
              count: '4',
              sum: '20',
              buckets: [
                [3, '-1e-128', '1e-128', '1'],
                [0, '1', '2', '1'],
                [0, '2', '4', '2'],
              ],
            },
          ],
        },
      ],
    });
  });

  it('joins the buckets of scales finer than 8', async () => {
    const { result } = (await at('fine')) as { result: { histogram: [number, { buckets: unknown[][] }] }[] };
    const buckets = result[0]!.histogram[1].buckets.map(([rule, , , count]) => [rule, count]);
    expect(buckets).toEqual([
      [1, '2'],
      [3, '1'],
      [0, '4'],
      [0, '1'],
    ]);
  });

  it('answers floats and histograms of one selector side by side', async () => {
    const all = (await at('count by (__name__) ({__name__!=""})')) as { result: { metric: { __name__: string } }[] };
    const names = all.result.map(({ metric }) => metric.__name__);
    expect(names).toEqual(expect.arrayContaining(['native', 'fine', 'http_requests_total']));
    expect(await at('histogram_quantile(0.5, native)')).toMatchObject({ result: [{ value: [T, '2'] }] });
  });

  it('answers their increase, and in a range query floats and histograms as two lists', async () => {
    expect(await at('histogram_count(increase(native[3m] @ 1700000120))', 120)).toMatchObject({
      result: [{ value: [T + 120, expect.stringMatching(/^\d/)] }],
    });
    const range = { query: 'native', start: `${T}`, end: `${T + 120}`, step: '60' };
    const body = await get('/api/v1/query_range', range);
    expect(body.data).toMatchObject({
      result: [
        {
          metric: { __name__: 'native' },
          histograms: [
            [T, { count: '4' }],
            [T + 60, { count: '7' }],
            [T + 120, { count: '13' }],
          ],
        },
      ],
    });
    expect((body.data as { result: object[] }).result[0]).not.toHaveProperty('values');
  });

  it('leaves them out of what knows floats alone, and says so', async () => {
    const body = await get('/api/v1/query', { query: 'max(native)', time: `${T}` });
    expect(body).toMatchObject({
      data: { result: [] },
      infos: ['PromQL info: ignored histogram in max aggregation (1:5)'],
    });
  });
});
