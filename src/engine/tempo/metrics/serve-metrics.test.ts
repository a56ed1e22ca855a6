import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createTempoApi } from '../create-tempo-api';
import { testTraces } from '../test-telemetry';
import { quantileOfPowers } from './quantile-of-powers';
import { readMetricsRange } from './read-metrics-request';

const base = 1_760_000_000_000;
let store: TestStore;
let app: ReturnType<typeof createTempoApi>['app'];

beforeAll(async () => {
  store = await openTestStore(() => base + 20_000);
  await store.ingestJson('traces', testTraces(base));
  app = createTempoApi(store.reader, () => base + 20_000).app;
});
afterAll(() => store.close());

/** One line a series: its labels, then the samples that are there as `seconds after base=value`. */
async function seriesOf(query: string, step = '4s'): Promise<string[]> {
  const range = `start=${base / 1000}&end=${base / 1000 + 8}&step=${step}`;
  const response = await app.request(`/api/metrics/query_range?q=${encodeURIComponent(query)}&${range}`);
  const { series } = (await response.json()) as {
    series: { labels: { key: string; value: object }[]; samples: { timestampMs: string; value?: number }[] }[];
  };
  return series.map(({ labels, samples }) => {
    const head = labels.map(({ key, value }) => `${key}=${Object.values(value)[0]}`).join(' ');
    return `${head}: ${samples.map(({ timestampMs, value }) => `${(Number(timestampMs) - base) / 1000}=${Number((value ?? 0).toPrecision(6))}`).join(' ')}`;
  });
}

describe('a metrics query', () => {
  // Intervals are closed at the right: the span that starts at the base time itself counts in the one that ends there.
  test.each([
    ['{} | count_over_time()', ['__name__=count_over_time: 0=1 4=10 8=1']],
    ['{} | rate()', ['__name__=rate: 0=0.25 4=2.5 8=0.25']],
    ['{ .nothing = 1 } | rate()', ['__name__=rate: 0=0 4=0 8=0']],
    [
      '{} | count_over_time() by (resource.service.name)',
      [
        'resource.service.name=gateway: 0=1 4=2 8=0',
        'resource.service.name=orders: 0=0 4=5 8=0',
        'resource.service.name=payments: 0=0 4=3 8=1',
      ],
    ],
    [
      '{ kind = client } | count_over_time() by (span.db.system, status)',
      ['status=unset: 0=0 4=2 8=0', 'span.db.system=postgres status=unset: 0=0 4=3 8=0'],
    ],
    [
      '{ kind = client } | count_over_time() by (span.db.system)',
      ['span.db.system=nil: 0=0 4=2 8=0', 'span.db.system=postgres: 0=0 4=3 8=0'],
    ],
    [
      '{} | count_over_time() by (.shared)',
      ['.shared=nil: 0=1 4=7 8=0', '.shared=resource: 0=0 4=2 8=1', '.shared=span: 0=0 4=1 8=0'],
    ],
    ['{ name = "SELECT" } | sum_over_time(span.db.rows)', ['__name__=sum_over_time: 4=913']],
    ['{ name = "SELECT" } | min_over_time(duration)', ['__name__=min_over_time: 4=0.03']],
    ['{ name = "SELECT" } | max_over_time(span.db.rows) by (name)', ['name=SELECT: 4=900']],
    ['{ name = "SELECT" } | avg_over_time(duration)', ['__name__=avg_over_time: 4=0.0766667']],
    ['{ name = "SELECT" } | quantile_over_time(duration, 1)', ['p=1: 0=0 4=0.268435 8=0']],
    ['{} | count_over_time() by (name) | topk(1)', ['name=GET /orders: 0=1', 'name=SELECT: 4=3', 'name=health: 8=1']],
    [
      '{ kind = server } > { kind = client } | count_over_time() by (rootName)',
      ['rootName=GET /orders: 0=0 4=3 8=0', 'rootName=POST /pay: 0=0 4=1 8=0'],
    ],
    ['{ span:childCount > 1 } | count_over_time()', ['__name__=count_over_time: 0=0 4=2 8=0']],
  ])('%s', async (query, expected) => expect((await seriesOf(query)).sort()).toEqual([...expected].sort()));

  test('of one instant gives one value a series', async () => {
    const response = await app.request(
      `/api/metrics/query?q=${encodeURIComponent('{} | count_over_time() by (kind)')}&since=1m`,
    );
    const { series } = (await response.json()) as {
      series: { labels: { value: { stringValue: string } }[]; value: number }[];
    };
    expect(series.map(({ labels, value }) => [labels[0]?.value.stringValue, value])).toEqual([
      ['client', 5],
      ['consumer', 1],
      ['internal', 1],
      ['producer', 1],
      ['server', 4],
    ]);
  });
});

test('a range is aligned to its step, with one interval more at the left', () => {
  const now = 1_000_000_000;
  expect(readMetricsRange({ start: '100', end: '160', step: '15s' }, now, false)).toEqual({
    start: 75_000_000_000n,
    end: 165_000_000_000n,
    step: 15_000_000_000n,
  });
  expect(readMetricsRange({ since: '1h' }, now, false)).toMatchObject({ step: 5_000_000_000n * 3n });
  expect(readMetricsRange({ start: '100', end: '160', step: '0' }, now, false)).toMatchObject({
    message: 'cannot parse "0": step must be positive',
  });
  expect(readMetricsRange({ start: '100', end: '100' }, now, false)).toMatchObject({
    message: 'end must be greater than start',
  });
  expect(readMetricsRange({ start: '1', end: '900000000', step: '1' }, now, false)).toMatchObject({
    kind: 'bad-request',
  });
});

test('a quantile lies within its bucket of powers of two', () => {
  const powers = new Map([
    [3, 5],
    [4, 5],
  ]);
  expect(quantileOfPowers(0.5, powers)).toBe(8);
  expect(quantileOfPowers(1, powers)).toBe(16);
  expect(quantileOfPowers(0.8, powers)).toBeCloseTo(2 ** 3.6, 10);
  expect(quantileOfPowers(0.5, new Map())).toBe(0);
});
