import { afterAll, beforeAll, expect, it } from 'vitest';
import { Pace } from '../../pace/pace';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import type { Database, StoredSeries, StoreReader } from '../../store/reader/reader';
import { createPrometheusApi } from '../create-prometheus-api';
import { SampleBudget } from '../promql/terms/sample-budget';
import { createStoreSampleSource } from './store-sample-source';

const T = 1_700_000_000;

let store: TestStore;

beforeAll(async () => {
  store = await openTestStore();
  const point = { timeUnixNano: `${T}000000000`, asInt: 1, exemplars: [{ timeUnixNano: `${T}000000000`, asInt: 1 }] };
  const native = { timeUnixNano: `${T}000000000`, count: '2', sum: 3, scale: 0, positive: { bucketCounts: ['2'] } };
  await store.ingestJson('metrics', {
    resourceMetrics: [
      {
        scopeMetrics: [
          {
            metrics: [
              { name: 'requests', sum: { isMonotonic: true, aggregationTemporality: 2, dataPoints: [point] } },
              { name: 'native', exponentialHistogram: { aggregationTemporality: 2, dataPoints: [native] } },
            ],
          },
        ],
      },
    ],
  });
});

afterAll(() => store.close());

/** The store as it is when retention forgets every series while a statement runs. */
function forgetfulReader(): StoreReader {
  const series = new Map<number, StoredSeries>(store.reader.dictionary.series());
  const { database } = store.reader;
  const forgetting: Database = {
    rows: async (...query) => {
      const rows = await database.rows(...query);
      series.clear();
      return rows as never;
    },
    columns: async (...query) => {
      const columns = await database.columns(...query);
      series.clear();
      return columns;
    },
  };
  const dictionary = new Proxy(store.reader.dictionary, {
    get: (target, key) => (key === 'series' ? () => series : Reflect.get(target, key)),
  });
  return { ...store.reader, database: forgetting, dictionary, spanIndex: () => store.reader.spanIndex() };
}

it.each([
  ['/api/v1/query', { query: '{__name__!=""}', time: `${T}` }],
  ['/api/v1/query_range', { query: 'requests_total', start: `${T}`, end: `${T + 60}`, step: '15' }],
  ['/api/v1/query_exemplars', { query: 'requests_total', start: `${T - 60}`, end: `${T + 60}` }],
  ['/api/v1/series', { 'match[]': 'requests_total', start: `${T - 60}`, end: `${T + 60}` }],
  ['/api/v1/labels', { start: `${T - 60}`, end: `${T + 60}` }],
  ['/api/v1/label/__name__/values', { start: `${T - 60}`, end: `${T + 60}` }],
] as const)('%s answers with the series that it found before retention forgot them', async (path, parameters) => {
  const { app } = createPrometheusApi(forgetfulReader());
  const response = await app.request(`${path}?${new URLSearchParams(parameters)}`);
  const { data } = (await response.json()) as { data: unknown[] | { result: unknown[] } };
  expect(response.status).toBe(200);
  expect((Array.isArray(data) ? data : data.result).length).toBeGreaterThan(0);
});

it.each([
  ['floats', 'requests_total'],
  ['histograms', 'native'],
])('takes no memory for %s that the budget has no room for', async (_, name) => {
  let answered = 0;
  const { database } = store.reader;
  const watched: Database = {
    // Counting is no reading of samples.
    rows: async (sql, ...rest) => {
      const rows = await database.rows(sql, ...rest);
      if (!sql.includes('count(*)')) answered += rows.length;
      return rows as never;
    },
    columns: async (...query) => {
      const columns = await database.columns(...query);
      answered += columns.rowCount;
      return columns;
    },
  };
  const source = createStoreSampleSource({
    ...store.reader,
    database: watched,
    spanIndex: () => store.reader.spanIndex(),
  });
  const matchers = [{ name: '__name__', operator: '=', value: name }] as const;
  const read = source.select(matchers, 0, T * 2000, { pace: new Pace(), budget: new SampleBudget(0) });
  await expect(read).rejects.toThrow('too many samples');
  expect(answered).toBe(0);
});
