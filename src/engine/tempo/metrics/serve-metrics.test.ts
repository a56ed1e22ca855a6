import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createTempoApi } from '../create-tempo-api';
import { testTraces } from '../test-telemetry';
import { string } from '../traceql/static-value';
import { quantileOfPowers } from './quantile-of-powers';
import { readMetricsRange } from './read-metrics-request';
import { SeriesTable } from './series-table';

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

describe('exemplars', () => {
  interface Answer {
    series: {
      labels: { key: string; value: object }[];
      exemplars: { labels: { key: string; value: { stringValue: string } }[]; value: number; timestampMs: string }[];
    }[];
  }
  const ask = async (query: string, more = '') => {
    const range = `start=${base / 1000}&end=${base / 1000 + 8}&step=4s${more}`;
    const response = await app.request(`/api/metrics/query_range?q=${encodeURIComponent(query)}&${range}`);
    return (await response.json()) as Answer;
  };

  test('name the trace of a span of the series, its time and its value', async () => {
    const { series } = await ask('{ name = "charge" } | max_over_time(duration) by (name)');
    expect(series[0]!.exemplars).toEqual([
      {
        labels: [
          { key: 'trace:id', value: { stringValue: 'b000000000000000000000000000002' } },
          { key: 'name', value: { stringValue: 'charge' } },
        ],
        value: 1.5,
        timestampMs: String(base + 1100),
      },
    ]);
  });

  test('of a count have the value of the series, one an interval', async () => {
    const { series } = await ask('{} | count_over_time()');
    expect(series[0]!.exemplars.map(({ value }) => value).sort()).toEqual([1, 1, 10]);
    expect((await ask('{} | count_over_time()', '&exemplars=1')).series[0]!.exemplars).toHaveLength(1);
  });

  test('also where SQL cannot say the query, and none where the hint forbids them', async () => {
    const { series } = await ask('{ span:childCount > 1 } | count_over_time()');
    expect(series[0]!.exemplars).toHaveLength(1);
    expect((await ask('{} | rate() with (exemplars=false)')).series[0]!.exemplars).toEqual([]);
  });
});

describe('of equal values', () => {
  // The ones that Tempo keeps: of texts the first for topk and the last for bottomk, of numbers the greatest and the least.
  test.each([
    ['name', 'topk(2)', ['GET /orders: 0=1 8=0', 'POST /pay: 0=0 4=1', 'SELECT: 4=3', 'health: 8=1']],
    ['name', 'bottomk(2)', ['GET /orders: 4=0', 'health: 4=0', 'list orders: 0=0 8=0', 'publish: 0=0 8=0']],
    ['kind', 'topk(1)', ['client: 4=5', 'internal: 8=1', 'server: 0=1']],
    ['kind', 'bottomk(1)', ['internal: 4=0', 'producer: 0=0', 'server: 8=0']],
    ['span.http.status_code', 'topk(2)', ['200: 0=1 8=1', '503: 0=0 8=0', 'nil: 4=5', '503: 4=1']],
    ['span.http.status_code', 'bottomk(2)', ['200: 4=1', '404: 0=0 8=0', '404: 4=1', 'nil: 0=0 8=0']],
  ])('by %s %s keeps the same ones', async (by, selection, expected) => {
    const series = await seriesOf(`{} | count_over_time() by (${by}) | ${selection}`);
    const samples = (lines: readonly string[]) =>
      lines.flatMap((line) => {
        const [label, values] = line.split(': ') as [string, string];
        return values.split(' ').map((value) => `${label.replace(/^.*=/, '')} ${value}`);
      });
    expect(samples(series).sort()).toEqual(samples(expected).sort());
  });
});

describe('a query with many series', () => {
  const names = 1200;
  let many: TestStore;
  let answer: (query: string, step?: string) => Promise<Response>;

  beforeAll(async () => {
    many = await openTestStore(() => base + 20_000);
    const spans = Array.from({ length: names }, (_, i) => ({
      id: (i + 1).toString(16).padStart(16, '0'),
      trace: (i + 1).toString(16).padStart(32, '0'),
      service: 'many',
      name: `name ${String(i).padStart(5, '0')}`,
      at: i % 7000,
      lasts: 1,
    }));
    await many.ingestJson('traces', testTraces(base, spans));
    const { app } = createTempoApi(many.reader, () => base + 20_000);
    answer = async (query, step = '4s') =>
      app.request(
        `/api/metrics/query_range?q=${encodeURIComponent(query)}&start=${base / 1000}&end=${base / 1000 + 8}&step=${step}`,
      );
  });
  afterAll(() => many.close());

  test('answers the first thousand and says how many there are', async () => {
    const body = (await (await answer('{} | rate() by (name)')).json()) as {
      series: { labels: { value: { stringValue: string } }[] }[];
      status: string;
      message: string;
    };
    expect(body.series).toHaveLength(1000);
    expect(body.series[0]!.labels[0]!.value.stringValue).toBe('name 00000');
    expect([body.status, body.message]).toEqual(['PARTIAL', expect.stringContaining('the first 1000 of 1200 series')]);
  });

  test('chooses among all of them before it cuts', async () => {
    const body = (await (await answer('{} | count_over_time() by (name) | topk(1)')).json()) as {
      series: object[];
      status?: string;
    };
    expect(body.series.length).toBeLessThanOrEqual(3);
    expect(body.status).toBeUndefined();
  });

  test('keeps to a number of samples as well', async () => {
    const body = (await (await answer('{} | rate() by (name)', '5ms')).json()) as {
      series: { samples: object[] }[];
      message: string;
    };
    const samples = body.series.reduce((sum, { samples }) => sum + samples.length, 0);
    expect(samples).toBeLessThanOrEqual(1_000_000);
    expect(body.message).toContain('of 1200 series');
  });
});

test('more values than are kept are refused by their number, before they are taken', () => {
  const range = { start: 0n, end: 10_000_000n, step: 1n };
  const table = new SeriesTable(
    { function: 'rate', quantiles: [], by: [{ type: 'intrinsic', name: 'name', text: 'name' }], selections: [] },
    range,
  );
  const seen = { count: 1, sum: 0, min: 0, max: 0, seq: 1 };
  const fill = () => {
    for (let interval = 0; interval <= 1_000_000; interval++) table.observe([string('a')], interval, seen);
  };
  expect(fill).toThrow('more than 1000000 values');
});

test('values of by() that are longer together than may be held are refused by their length', () => {
  const by = [{ type: 'intrinsic', name: 'name', text: 'name' }] as const;
  const table = new SeriesTable(
    { function: 'rate', quantiles: [], by, selections: [] },
    { start: 0n, end: 10n, step: 1n },
  );
  const seen = { count: 1, sum: 0, min: 0, max: 0, seq: 1 };
  const fill = () => {
    for (let series = 0; series <= 32; series++) table.observe([string(`${series}`.padEnd(2 ** 20, 'x'))], 0, seen);
  };
  expect(fill).toThrow(/longer than \d+ characters together: group by less/);
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

test('the step that is under way counts, also where the end is ahead of the clock', () => {
  const end = (asked: string) => readMetricsRange({ start: '100', end: asked, step: '10' }, 1_003_500, false);
  // Now is 1003.5 s.
  for (const asked of ['1001', '1003', '1004', '1010', '2000'])
    expect(end(asked)).toMatchObject({ end: 1_010_000_000_000n });
  expect(end('1000')).toMatchObject({ end: 1_000_000_000_000n });
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
