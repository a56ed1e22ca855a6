import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPrometheusApi } from '../prometheus/create-prometheus-api';
import { openTestStore, type TestStore } from '../store/open-test-store';
import { exportLines, importElsewhere } from './test-round-trip';

const BASE_MS = 1_700_000_000_000;
const stores: TestStore[] = [];
let store: TestStore;

beforeEach(async () => {
  store = await openTestStore();
  stores.push(store);
});
afterEach(async () => {
  for (const open of stores.splice(0)) await open.close();
});

const nano = (seconds: number) => `${BASE_MS + seconds * 1000}000000`;
const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const point = (seconds: number, fields: object, ...attributes: object[]) => ({
  attributes,
  timeUnixNano: nano(seconds),
  ...fields,
});
const shop = [
  text('service.namespace', 'web'),
  text('service.name', 'shop'),
  text('service.instance.id', 'i-1'),
  text('host.name', 'box'),
  text('deployment.environment.name', 'prod'),
];
const ingest = (metrics: object[], attributes: object[] = shop) =>
  store.ingestJson('metrics', { resourceMetrics: [{ resource: { attributes }, scopeMetrics: [{ metrics }] }] });

/** All series, and every sample but of `target_info`, whose times the import chooses; stale markers by their bits. */
async function samplesOf({ reader }: TestStore) {
  const rows = await reader.database.rows<{ name: string; labels: string[]; time: bigint; value: string }>(
    `SELECT name, labels::VARCHAR AS labels, time_ms AS time, value::VARCHAR AS value FROM samples JOIN series ON series = id
     WHERE name <> 'target_info' ORDER BY ALL`,
  );
  const series = await reader.database.rows('SELECT name, labels::VARCHAR AS labels FROM series ORDER BY ALL');
  const stale = await reader.database.columns('SELECT value FROM samples WHERE isnan(value)');
  const words = new Uint32Array((stale.columns[0] as Float64Array).slice().buffer);
  return { series, rows, stale: [...words] };
}

async function expectSameElsewhere() {
  const other = await importElsewhere(store, 'metrics');
  stores.push(other);
  const here = await samplesOf(store);
  expect(here.rows.length).toBeGreaterThan(0);
  expect(await samplesOf(other)).toEqual(here);
  return other;
}

const cumulative = { aggregationTemporality: 2 };
const counter = (name: string, unit: string, ...dataPoints: object[]) => ({
  name,
  unit,
  description: `what ${name} counts`,
  sum: { ...cumulative, isMonotonic: true, dataPoints },
});
const gauge = (name: string, unit: string, ...dataPoints: object[]) => ({ name, unit, gauge: { dataPoints } });

describe('an import yields the same series and samples again', () => {
  test.each([
    ['http.requests', ''],
    ['http.requests', '{request}'],
    ['io.total', 'By'],
    ['io.bytes', 'By'],
    ['speed', 'By/s'],
    ['cpu.time', 's'],
    ['used', '1'],
    ['odd name%', 'furlong/fortnight'],
    ['1st', 'ms'],
  ])('of counters and gauges named %j in %j', async (name, unit) => {
    await ingest([
      counter(
        name,
        unit,
        point(1, { asDouble: 1.5 }, text('http.route', '/')),
        point(2, { asInt: '7' }, text('le', 'x')),
      ),
      gauge(`g.${name}`, unit, point(1, { asDouble: 'NaN' }), point(2, { asDouble: '-Infinity' })),
      { name: `updown.${name}`, unit, sum: { ...cumulative, dataPoints: [point(3, { asInt: '-3' })] } },
    ]);
    const other = await expectSameElsewhere();
    const metadata = ({ reader }: TestStore) => createPrometheusApi(reader).app.request('/api/v1/metadata');
    expect(await (await metadata(other)).json()).toEqual(await (await metadata(store)).json());
  });

  test.each([
    ['with nothing but a name', [text('service.name', 'shop')]],
    ['without a name', [text('service.instance.id', 'i-1'), text('host.name', 'box')]],
    ['with nothing', []],
    [
      'with an environment spelled as a label',
      [text('service.name', 'shop'), text('deployment_environment_name', 'x')],
    ],
  ])('of a resource %s', async (_, attributes) => {
    await ingest([gauge('g', '', point(1, { asDouble: 1 })), counter('c', '', point(1, { asDouble: 2 }))], attributes);
    await expectSameElsewhere();
  });

  test('of two runs of one service', async () => {
    for (const run of ['aaaaaaaa', 'bbbbbbbb'])
      await ingest(
        [gauge('g', '', point(1, { asDouble: 1 })), counter('c', '', point(1, { asDouble: 2 }))],
        [text('service.name', 'shop'), text('watchtower.run.id', run), text('host.name', run)],
      );
    await expectSameElsewhere();
  });

  test('of points whose attributes hide those of the resource', async () => {
    await ingest([gauge('g', '', point(1, { asDouble: 1 }, text('service.name', 'mine'), text('job', 'x')))]);
    await expectSameElsewhere();
  });

  test('of stale markers', async () => {
    const stale = (...attributes: object[]) => point(2, { flags: 1 }, ...attributes);
    const dataPoints = [
      point(1, { count: '2', sum: 3, bucketCounts: ['1', '1'], explicitBounds: [1] }),
      point(2, { flags: 1, explicitBounds: [1] }),
    ];
    await ingest([
      counter('c', '', point(1, { asDouble: 1 }), stale()),
      gauge('g', '', point(1, { asDouble: 1 }), stale()),
      { name: 'h', histogram: { ...cumulative, dataPoints } },
      { name: 's', summary: { dataPoints: [point(2, { flags: 1, quantileValues: [{ quantile: 0.5, value: 0 }] })] } },
      { name: 'e', exponentialHistogram: { ...cumulative, dataPoints: [stale()] } },
    ]);
    await expectSameElsewhere();
  });

  test('of histograms and summaries', async () => {
    const route = text('route', '/');
    const histogram = [
      point(1, { count: '6', sum: 9.5, bucketCounts: ['1', '2', '3'], explicitBounds: [0.005, 1] }, route),
      point(2, { count: '6', bucketCounts: ['1', '2', '3'], explicitBounds: [0.005, 1] }, route),
      point(2, { count: '4', sum: 1, bucketCounts: ['0', '4'], explicitBounds: [1e-7] }),
      point(3, { count: '5', sum: 2 }),
    ];
    const quantileValues = [
      { quantile: 0.5, value: 1 },
      { quantile: 0.99, value: 'NaN' },
    ];
    await ingest([
      { name: 'latency', unit: 's', histogram: { ...cumulative, dataPoints: histogram } },
      { name: 'size', unit: 'By', summary: { dataPoints: [point(1, { count: '3', sum: 4, quantileValues })] } },
    ]);
    await expectSameElsewhere();
    const lines = JSON.stringify(await exportLines(store, 'metrics'));
    expect(lines).toContain('"bucketCounts":["1","2","3"],"explicitBounds":[0.005,1]');
    expect(lines).not.toContain('_bucket');
    expect(lines).not.toContain('"gauge"');
  });

  test('of deltas, which are kept as sums', async () => {
    const dataPoints = [1, 2, 3].map((seconds) => ({
      ...point(seconds, { count: '2', sum: 1, bucketCounts: ['1', '1'], explicitBounds: [1] }),
      startTimeUnixNano: nano(seconds - 1),
    }));
    await ingest([{ name: 'h', histogram: { aggregationTemporality: 1, dataPoints } }]);
    await expectSameElsewhere();
  });

  test('of buckets that make up no histogram', async () => {
    const bucket = (le: string, value: number) => point(1, { asDouble: value }, text('le', le));
    await ingest([
      { name: 'h', histogram: { ...cumulative, dataPoints: [] } },
      gauge('h_bucket', '', bucket('1', 5), bucket('+Inf', 3), bucket('odd', 1)),
      gauge('h_count', '', point(1, { asDouble: 3 })),
    ]);
    await expectSameElsewhere();
  });
});

test('an exponential histogram is exported as it is kept', async () => {
  const kept = point(1, {
    count: '10',
    sum: 12.5,
    scale: 3,
    zeroCount: '1',
    zeroThreshold: 0.25,
    positive: { offset: -2, bucketCounts: ['4', '0', '3'] },
    negative: { offset: 5, bucketCounts: ['2'] },
  });
  await ingest([{ name: 'e', unit: 's', exponentialHistogram: { ...cumulative, dataPoints: [kept] } }], []);
  const [line] = await exportLines(store, 'metrics');
  expect(JSON.stringify(line)).toContain(JSON.stringify([kept]));
  const other = await importElsewhere(store, 'metrics');
  stores.push(other);
  const rows = ({ reader }: TestStore) => reader.database.rows('SELECT * FROM exponential_histograms');
  expect(await rows(other)).toEqual(await rows(store));
});

test('exemplars go with the next point of their stream and stay in their buckets', async () => {
  const exemplars = [
    { timeUnixNano: nano(1), asDouble: 0.5, traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8) },
    { timeUnixNano: nano(2), asDouble: 7, filteredAttributes: [text('user', 'u1')] },
  ];
  await ingest([
    counter('c', '', point(3, { asDouble: 1, exemplars: exemplars.slice(0, 1) })),
    {
      name: 'h',
      histogram: {
        ...cumulative,
        dataPoints: [point(3, { count: '2', sum: 7.5, bucketCounts: ['1', '1'], explicitBounds: [1], exemplars })],
      },
    },
  ]);
  const other = await importElsewhere(store, 'metrics');
  stores.push(other);
  const rows = ({ reader }: TestStore) =>
    reader.database.rows(
      `SELECT name, labels::VARCHAR AS labels, time_ms, value, trace_hi, trace_lo, span_id, len(attributes) AS attributes
       FROM exemplars JOIN series ON series = id ORDER BY ALL`,
    );
  expect(await rows(other)).toEqual(await rows(store));
  expect((await rows(store)).length).toBe(3);
});

test('the resource is exported with all its attributes', async () => {
  await ingest([gauge('g', '', point(1, { asDouble: 1 }, text('room', 'attic')))]);
  const [line] = await exportLines(store, 'metrics');
  const [{ resource }] = line!.resourceMetrics as unknown as [{ resource: { attributes: object[] } }];
  expect(resource.attributes).toEqual(
    expect.arrayContaining([
      text('service.namespace', 'web'),
      text('service.name', 'shop'),
      text('service.instance.id', 'i-1'),
      text('host_name', 'box'),
      text('deployment.environment.name', 'prod'),
    ]),
  );
  expect(JSON.stringify(line)).toContain(JSON.stringify([text('room', 'attic')]));
});

test('only points of the range are exported, over all the windows that are read', async () => {
  const dataPoints = Array.from({ length: 45_000 }, (_, i) => point(i, { asInt: `${i}` }));
  await ingest([{ name: 'g', gauge: { dataPoints } }]);
  const lines = await exportLines(store, 'metrics', `&start=${BASE_MS + 5000}&end=${BASE_MS + 44_000_000}`);
  const values = (JSON.stringify(lines).match(/"asDouble":\d+/g) ?? []).map((found) => Number(found.slice(11)));
  expect(values).toEqual(Array.from({ length: 43_995 }, (_, i) => i + 5));
  expect(lines.length).toBe(88);
});
