import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../store/open-test-store';
import { createPrometheusApi } from './create-prometheus-api';

const T = 1_700_000_000;
const nanos = (seconds: number) => `${seconds}000000000`;
const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });

let store: TestStore;

beforeAll(async () => {
  store = await openTestStore();
  await store.ingestJson('metrics', metrics('shop', 0));
  await store.ingestJson('metrics', metrics('bank', 100));
});

afterAll(() => store.close());

/** Requests counted up by 1 a second for ten minutes, every 15 s. */
function metrics(service: string, from: number) {
  const times = Array.from({ length: 41 }, (_, i) => T + i * 15);
  const route = [attribute('http.route', '/größe')];
  const requests = times.map((time) => ({ timeUnixNano: nanos(time), asInt: from + time - T, attributes: route }));
  const wait = {
    timeUnixNano: nanos(T + 600),
    count: '4',
    sum: 2,
    explicitBounds: [0.1, 1],
    bucketCounts: ['1', '2', '1'],
    exemplars: [
      {
        timeUnixNano: nanos(T + 590),
        asDouble: 0.5,
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
        filteredAttributes: [attribute('user', 'ann')],
      },
    ],
  };
  return {
    resourceMetrics: [
      {
        resource: { attributes: [attribute('service.name', service), attribute('host.name', 'box')] },
        scopeMetrics: [
          {
            metrics: [
              {
                name: 'http.requests',
                description: 'Served.',
                sum: { isMonotonic: true, aggregationTemporality: 2, dataPoints: requests },
              },
              { name: 'wait', unit: 's', histogram: { aggregationTemporality: 2, dataPoints: [wait] } },
            ],
          },
        ],
      },
    ],
  };
}

async function get(path: string, parameters: Record<string, string> | [string, string][] = {}) {
  const { app } = createPrometheusApi(store.reader, () => (T + 600) * 1000);
  const response = await app.request(`${path}?${new URLSearchParams(parameters)}`);
  return {
    status: response.status,
    body: (await response.json()) as { data?: unknown; error?: string; errorType?: string; warnings?: string[] },
  };
}

describe('createPrometheusApi', () => {
  it('answers an instant query with labels, time and the value as text', async () => {
    const { body } = await get('/api/v1/query', {
      query: 'http_requests_total{service_name="shop"}',
      time: `${T + 600.5}`,
    });
    const metric = { __name__: 'http_requests_total', http_route: '/größe', job: 'shop', service_name: 'shop' };
    expect(body).toEqual({
      status: 'success',
      data: { resultType: 'vector', result: [{ metric, value: [T + 600.5, '600'] }] },
    });
  });

  it('answers a range query over GET and as a posted form alike', async () => {
    const form = {
      query: 'sum by (job) (rate(http_requests_total[1m]))',
      start: `${T + 300}`,
      end: '2023-11-14T22:23:20Z',
      step: '1m',
    };
    const { body } = await get('/api/v1/query_range', form);
    expect(body.data).toMatchObject({
      resultType: 'matrix',
      result: [{ metric: { job: 'bank' } }, { metric: { job: 'shop' } }],
    });
    const { result } = body.data as { result: { values: [number, string][] }[] };
    expect(result[1]!.values).toHaveLength(6);
    for (const [, value] of result[1]!.values) expect(Number(value)).toBeCloseTo(1, 9);

    const { app } = createPrometheusApi(store.reader);
    const posted = await app.request('/api/v1/query_range', { method: 'POST', body: new URLSearchParams(form) });
    expect(await posted.json()).toEqual(body);
  });

  it('answers quantiles of a histogram, and of two values at one time the first', async () => {
    const { body } = await get('/api/v1/query', {
      query: 'histogram_quantile(0.5, sum by (le) (wait_seconds_bucket))',
    });
    expect(body.data).toMatchObject({ result: [{ value: [T + 600, '0.55'] }] });
    const point = { timeUnixNano: nanos(T), asInt: 1 };
    const gauge = (asInt: number) => ({
      resourceMetrics: [
        { scopeMetrics: [{ metrics: [{ name: 'twice', gauge: { dataPoints: [{ ...point, asInt }] } }] }] },
      ],
    });
    await store.ingestJson('metrics', gauge(1));
    await store.ingestJson('metrics', gauge(2));
    expect((await get('/api/v1/query', { query: 'twice[1m]', time: `${T}` })).body.data).toMatchObject({
      result: [{ values: [[T, '1']] }],
    });
  });

  it('ends a series at its stale marker', async () => {
    const point = (time: number, flags = 0) => ({
      resourceMetrics: [
        {
          scopeMetrics: [
            { metrics: [{ name: 'gone', gauge: { dataPoints: [{ timeUnixNano: nanos(time), asInt: 1, flags }] } }] },
          ],
        },
      ],
    });
    await store.ingestJson('metrics', point(T));
    await store.ingestJson('metrics', point(T + 10, 1));
    const at = async (time: number) =>
      (await get('/api/v1/query', { query: 'gone', time: `${time}` })).body.data as { result: unknown[] };
    expect((await at(T + 9)).result).toHaveLength(1);
    expect((await at(T + 11)).result).toHaveLength(0);
  });

  it('lists series, label names and values, within a time range where one is given', async () => {
    const series = await get('/api/v1/series', [['match[]', '{service_name="shop",__name__=~"wait.*count"}']]);
    expect(series.body.data).toEqual([{ __name__: 'wait_seconds_count', job: 'shop', service_name: 'shop' }]);
    const labels = await get('/api/v1/labels', { 'match[]': 'target_info' });
    expect(labels.body.data).toEqual(['__name__', 'host_name', 'job', 'service_name']);
    const values = await get('/api/v1/label/service_name/values');
    expect(values.body.data).toEqual(['bank', 'shop']);
    const early = await get('/api/v1/label/__name__/values', { start: `${T + 60}`, end: `${T + 120}` });
    expect(early.body.data).toEqual(['http_requests_total']);
    const cut = await get('/api/v1/label/service_name/values', { limit: '1' });
    expect(cut.body).toMatchObject({ data: ['bank'], warnings: ['results truncated due to limit'] });
  });

  it('lists the metadata of families', async () => {
    const { body } = await get('/api/v1/metadata');
    expect(body.data).toMatchObject({
      http_requests_total: [{ type: 'counter', unit: '', help: 'Served.' }],
      wait_seconds: [{ type: 'histogram', unit: 'seconds', help: '' }],
      target_info: [{ type: 'gauge' }],
    });
    const one = await get('/api/v1/metadata', { metric: 'wait_seconds' });
    expect(Object.keys(one.body.data as object)).toEqual(['wait_seconds']);
  });

  it('lists the exemplars of the series in a query', async () => {
    const query = 'histogram_quantile(0.9, rate(wait_seconds_bucket{job="shop"}[5m]))';
    const { body } = await get('/api/v1/query_exemplars', { query, start: `${T}`, end: `${T + 600}` });
    expect(body.data).toEqual([
      {
        seriesLabels: { __name__: 'wait_seconds_bucket', job: 'shop', le: '1', service_name: 'shop' },
        exemplars: [
          {
            labels: { trace_id: '0af7651916cd43dd8448eb211c80319c', span_id: 'b7ad6b7169203331', user: 'ann' },
            value: '0.5',
            timestamp: T + 590,
          },
        ],
      },
    ]);
  });

  it.each([
    ['/api/v1/query', { query: 'sum(' }, 'invalid parameter "query": 1:5: parse error: unclosed left parenthesis'],
    [
      '/api/v1/query',
      { query: 'up', time: 'noon' },
      `invalid parameter "time": invalid time value for 'time': cannot parse "noon" to a valid timestamp`,
    ],
    ['/api/v1/query', { query: 'up', limit: '-1' }, 'invalid parameter "limit": limit must be non-negative'],
    [
      '/api/v1/query_range',
      { query: 'up', start: '2', end: '1', step: '1' },
      'invalid parameter "end": end timestamp must not be before start time',
    ],
    [
      '/api/v1/query_range',
      { query: 'up', start: '0', end: '1', step: '0' },
      'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
    ],
    [
      '/api/v1/query_range',
      { query: 'up', start: '0', end: '11001', step: '1s' },
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    ],
    [
      '/api/v1/query_range',
      { query: 'up[5m]', start: '0', end: '1', step: '1' },
      'invalid parameter "query": invalid expression type "range vector" for range query, must be Scalar or instant Vector',
    ],
    ['/api/v1/series', {}, 'no match[] parameter provided'],
    [
      '/api/v1/series',
      { 'match[]': '{job=~".*"}' },
      'invalid parameter "match[]": match[] must contain at least one non-empty matcher',
    ],
    ['/api/v1/metadata', { limit: 'x' }, 'limit must be a number'],
  ] as const)('refuses %s %j as Prometheus does', async (path, parameters, error) => {
    const { status, body } = await get(path, parameters as Record<string, string>);
    expect(status).toBe(400);
    expect(body).toEqual({ status: 'error', errorType: 'bad_data', error });
  });

  it('refuses to federate by name, with the way out', async () => {
    const { app } = createPrometheusApi(store.reader);
    const response = await app.request('/federate?match[]=up');
    expect(response.status).toBe(501);
    expect(await response.text()).toMatch(/^\/federate is not in the embedded engine: .*\/api\/v1\/query/);
  });

  it('answers 405 to a method that a path has not, and names those it has', async () => {
    const { app } = createPrometheusApi(store.reader);
    for (const [method, path, allow] of [
      ['PUT', '/api/v1/query', 'GET, POST, OPTIONS'],
      ['DELETE', '/api/v1/series', 'GET, POST, OPTIONS'],
      ['POST', '/api/v1/label/job/values', 'GET, OPTIONS'],
      ['POST', '/api/v1/metadata', 'GET, OPTIONS'],
      ['PATCH', '/api/v1/status/buildinfo', 'GET, OPTIONS'],
    ] as const) {
      const response = await app.request(path, { method });
      expect([path, response.status, response.headers.get('allow')]).toEqual([path, 405, allow]);
    }
  });

  it('answers what a query took where stats are wanted', async () => {
    const query = { query: 'sum(rate(http_requests_total[1m]))', time: `${T + 300}` };
    const { body } = await get('/api/v1/query', { ...query, stats: 'all' });
    expect(body.data).toMatchObject({
      stats: {
        timings: { evalTotalTime: expect.any(Number) },
        // Two series with four samples each within a minute; one more each lies at its very start.
        samples: { totalQueryableSamples: 8, samplesRead: 10, peakSamples: expect.any(Number) },
      },
    });
    expect((await get('/api/v1/query', query)).body.data).not.toHaveProperty('stats');
  });

  it.each(['x offset 5m', 'x @ 5', 'x{a="b"} offset -1m', '{__name__="x"} @ end()'])(
    'takes match[]=%s for no series selector',
    async (selector) => {
      const { status, body } = await get('/api/v1/series', { 'match[]': selector });
      expect([status, body.error]).toEqual([400, expect.stringMatching(/unexpected <(offset|op:@)>$/)]);
    },
  );

  it.each([
    'up{path="/a@b"}',
    "up{mail='x@y.z offset 5m'}",
    'up{offset="1"}',
    '{__name__="up", a=`}@`}',
    'offset{a!="@"}',
  ])('takes match[]=%s for a series selector, whatever its labels and texts', async (selector) => {
    expect((await get('/api/v1/series', { 'match[]': selector })).status).toBe(200);
  });

  it('says which Prometheus it answers as, by which clients choose their requests', async () => {
    const { body } = await get('/api/v1/status/buildinfo');
    expect(body.data).toMatchObject({ application: 'Watchtower', version: '3.14.0' });
  });

  it('reads label names that clients escape', async () => {
    expect((await get('/api/v1/label/U__service__name/values')).body.data).toEqual(['bank', 'shop']);
    expect((await get('/api/v1/label/U___73_ervice__name/values')).body.data).toEqual(['bank', 'shop']);
  });

  it('ends a query at its timeout', async () => {
    const { status, body } = await get('/api/v1/query', { query: 'http_requests_total', timeout: '0' });
    expect([status, body.errorType]).toEqual([503, 'timeout']);
  });

  it('tells that it is ready', async () => {
    const { app } = createPrometheusApi(store.reader);
    for (const path of ['/-/ready', '/-/healthy', '/api/v1/status/buildinfo'])
      expect((await app.request(path)).status).toBe(200);
    expect((await app.request('/api/v1/alerts')).status).toBe(404);
  });
});
