import { afterEach, describe, expect, it } from 'vitest';
import { LokiClient } from './loki-client';
import { PrometheusClient } from './prometheus-client';
import { openScriptedBackend, type ScriptedBackend } from './request/scripted-backend';
import { TempoClient } from './tempo-client';

const window = { from: 1_700_000_000_500, to: 1_700_000_900_200 };
let backend: ScriptedBackend | undefined;
afterEach(async () => {
  await backend?.close();
  backend = undefined;
});

async function open(...script: Parameters<typeof openScriptedBackend>) {
  backend = await openScriptedBackend(...script);
  return backend;
}

describe('TempoClient', () => {
  it('turns a search into summaries, newest first, with whole trace ids', async () => {
    const { base, asked } = await open({
      '/api/search': [
        200,
        {
          traces: [
            {
              traceID: 'af7651916cd43dd8448eb211c80319c',
              rootServiceName: 'api-gateway',
              rootTraceName: 'GET /orders',
              startTimeUnixNano: '1699999999000000001',
              durationMs: 557,
              spanSets: [{ spans: [{ spanID: '1' }], matched: 3 }],
              serviceStats: { 'api-gateway': { spanCount: 2 }, 'order-service': { spanCount: 5, errorCount: 1 } },
            },
            {
              traceID: '1',
              rootServiceName: '<root span not yet received>',
              startTimeUnixNano: '1700000000000000001',
              spanSets: [{ spans: [], matched: 4 }],
            },
          ],
          metrics: { inspectedTraces: 12, completedJobs: 1, totalJobs: 1 },
        },
      ],
    });
    const found = await new TempoClient(() => ({ base })).search('', window, 20);
    expect(found.inspectedTraces).toBe(12);
    expect(found.traces[0]).toMatchObject({
      traceId: '1'.padStart(32, '0'),
      rootService: '',
      durationNs: 0,
      spanCount: 4,
    });
    expect(found.traces[1]).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      durationNs: 557_000_000,
      spanCount: 7,
      errorCount: 1,
    });
    expect(Object.fromEntries(asked[0]!.parameters)).toEqual({
      q: '{}',
      limit: '20',
      spss: '3',
      start: '1700000000',
      end: '1700000901',
    });
  });

  it('reads the attributes that a query selects, with their distinct values', async () => {
    const attribute = (key: string, value: object) => ({ key, value });
    const spans = [
      { attributes: [attribute('http.route', { stringValue: '/a' }), attribute('status', { stringValue: 'error' })] },
      { attributes: [attribute('http.route', { stringValue: '/b' }), attribute('code', { intValue: '500' })] },
      { attributes: [attribute('http.route', { stringValue: '/a' })] },
    ];
    const { base } = await open({
      '/api/search': [200, { traces: [{ traceID: '1', spanSets: [{ spans, matched: 3 }] }, { traceID: '2' }] }],
    });
    const { traces } = await new TempoClient(() => ({ base })).search('', window, 20);
    expect(traces.map(({ selected }) => selected)).toEqual([{ 'http.route': '/a, /b', code: '500' }, undefined]);
  });

  it('asks the engine for the spans of each service, and Tempo itself in TraceQL, held to the longest duration', async () => {
    const service = { name: 'shop', spans: 5, errors: 1, p95Ns: 8.2e9, longestNs: 8.2e9 };
    const engine = await open({ '/watchtower/services': [200, { services: [service] }] });
    expect(await new TempoClient(() => ({ base: engine.base })).services(window)).toEqual([service]);

    const labels = [{ key: 'resource.service.name', value: { stringValue: 'shop' } }];
    const real = await open({ '/api/metrics/query': [200, { series: [{ labels, value: 14.3 }] }] });
    const [found] = await new TempoClient(() => ({ base: real.base })).services(window);
    expect(found).toMatchObject({ name: 'shop', p95Ns: 14.3e9, longestNs: 14.3e9 });
    expect(real.asked.slice(1).map(({ parameters }) => parameters.get('q'))).toContain(
      '{} | max_over_time(duration) by (resource.service.name)',
    );
  });

  it('asks the engine for the slowest operations, and Tempo itself in TraceQL, held to the longest duration', async () => {
    const operation = { service: 'shop', name: 'pay', spans: 5, p95Ns: 8e9, longestNs: 8.2e9 };
    const engine = await open({ '/watchtower/operations': [200, { operations: [operation] }] });
    expect(await new TempoClient(() => ({ base: engine.base })).slowestOperations(window, 7)).toEqual([operation]);
    expect(engine.asked[0]!.parameters.get('limit')).toBe('7');

    const series = (name: string, value: number) => ({
      labels: [
        { key: 'resource.service.name', value: { stringValue: 'shop' } },
        { key: 'name', value: { stringValue: name } },
      ],
      value,
    });
    const answer = [series('look', 0.2), series('pay', 14.3), series('tick', 0)];
    const real = await open({ '/api/metrics/query': [200, { series: answer }] });
    const found = await new TempoClient(() => ({ base: real.base })).slowestOperations(window, 5);
    expect(found.map(({ name, p95Ns }) => [name, p95Ns])).toEqual([
      ['pay', 14.3e9],
      ['look', 0.2e9],
    ]);
    expect(real.asked.slice(1).map(({ parameters }) => parameters.get('q'))).toContain(
      '{} | quantile_over_time(duration, .95) by (resource.service.name, name)',
    );
  });

  it('reads a whole trace: ids from base64, enums by name, numbers of 64 bits, nested values', async () => {
    const { base } = await open({
      '/api/v2/traces/0af7651916cd43dd8448eb211c80319c': [
        200,
        {
          trace: {
            resourceSpans: [
              {
                resource: { attributes: [{ key: 'service.name', value: { stringValue: 'order-service' } }] },
                scopeSpans: [
                  {
                    scope: { name: 'http', version: '1.2' },
                    spans: [
                      {
                        traceId: 'CvdlGRbNQ92ESOshHIAxnA==',
                        spanId: 't61rV7bI7hA=',
                        parentSpanId: 'APBnqgupArc=',
                        name: 'SELECT',
                        kind: 'SPAN_KIND_CLIENT',
                        startTimeUnixNano: '1700000000000000200',
                        endTimeUnixNano: '1700000000000000450',
                        attributes: [
                          { key: 'rows', value: { intValue: '42' } },
                          { key: 'big', value: { intValue: '9223372036854775807' } },
                          { key: 'list', value: { arrayValue: { values: [{ boolValue: false }, {}] } } },
                          {
                            key: 'map',
                            value: { kvlistValue: { values: [{ key: 'a', value: { doubleValue: 0.5 } }] } },
                          },
                        ],
                        events: [{ timeUnixNano: '1700000000000000300', name: 'retry' }],
                        links: [{ traceId: 'CvdlGRbNQ92ESOshHIAxnA==', spanId: 'APBnqgupArc=' }],
                        status: { code: 'STATUS_CODE_ERROR', message: 'timeout' },
                      },
                      { spanId: 'APBnqgupArc=', startTimeUnixNano: '1700000000000000100' },
                    ],
                  },
                ],
              },
            ],
          },
        },
      ],
    });
    const trace = await new TempoClient(() => ({ base })).get('0af7651916cd43dd8448eb211c80319c');
    expect(trace!.spans.map(({ spanId }) => spanId)).toEqual(['00f067aa0ba902b7', 'b7ad6b57b6c8ee10']);
    expect(trace!.spans[1]).toMatchObject({
      parentSpanId: '00f067aa0ba902b7',
      service: 'order-service',
      kind: 'client',
      status: { code: 'error', message: 'timeout' },
      durationNs: 250,
      attributes: [
        { key: 'rows', value: 42 },
        { key: 'big', value: '9223372036854775807' },
        { key: 'list', value: [false, null] },
        { key: 'map', value: { a: 0.5 } },
      ],
      links: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: '00f067aa0ba902b7', attributes: [] }],
    });
    expect(trace!.spans[0]).toMatchObject({
      kind: 'unspecified',
      status: { code: 'unset', message: '' },
      durationNs: 0,
    });
  });

  it('has no trace where Tempo answers with an empty one, or with 404', async () => {
    const { base } = await open({ '/api/v2/traces/1': [200, { trace: {} }] });
    expect(await new TempoClient(() => ({ base })).get('1')).toBeNull();
    expect(await new TempoClient(() => ({ base })).get('2')).toBeNull();
  });

  it('keeps what the backend said about a wrong query, with its place', async () => {
    const message = 'invalid TraceQL query: parse error at line 1, col 9: syntax error: unexpected }';
    const { base } = await open({ '/api/search': [400, message] });
    await expect(new TempoClient(() => ({ base })).search('{ name= }', window, 1)).rejects.toMatchObject({
      kind: 'refused',
      message,
      position: 8,
    });
  });

  it('says that the backend does not answer', async () => {
    const closed = await openScriptedBackend({});
    await closed.close();
    await expect(new TempoClient(() => ({ base: closed.base })).tagNames()).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describe('LokiClient', () => {
  const streams = (...values: [string, string][]) => ({
    status: 'success',
    data: {
      resultType: 'streams',
      result: [{ stream: { service_name: 'shop', severity_text: 'ERROR2', trace_id: 'abc', span_id: 'def' }, values }],
      stats: {},
    },
  });

  it('reads lines with level, service and trace, and keeps nanoseconds exact', async () => {
    const { base, asked } = await open({
      '/loki/api/v1/query_range': [200, streams(['1700000000000000001', 'a'], ['1700000000000000003', 'b'])],
    });
    const records = await new LokiClient(() => ({ base })).query('{service_name="shop"}', window, 10, 'backward');
    expect(records.map(({ timeNs }) => timeNs)).toEqual(['1700000000000000003', '1700000000000000001']);
    expect(records[0]).toMatchObject({ line: 'b', level: 'error', service: 'shop', traceId: 'abc', spanId: 'def' });
    expect(asked[0]).toMatchObject({ method: 'POST', path: '/loki/api/v1/query_range' });
    expect(asked[0]!.parameters.get('start')).toBe('1700000000500000000');
  });

  it('asks for the neighbours of a line by the labels of its stream alone', async () => {
    const { base, asked } = await open({
      '/loki/api/v1/labels': [200, { status: 'success', data: ['service_name'] }],
      '/loki/api/v1/query_range': [200, streams(['1700000000000000001', 'a'])],
    });
    const labels = { service_name: 'a "b"', trace_id: 'abc' };
    await new LokiClient(() => ({ base })).context(labels, '1700000000000000001', 5);
    const queries = asked
      .filter(({ path }) => path.endsWith('query_range'))
      .map(({ parameters }) => parameters.get('query'));
    expect(queries).toEqual([String.raw`{service_name="a \"b\""}`, String.raw`{service_name="a \"b\""}`]);
  });

  it('counts lines a step by level', async () => {
    const matrix = [{ metric: { detected_level: 'error' }, values: [[1700000000, '3']] }];
    const { base, asked } = await open({
      '/loki/api/v1/query_range': [200, { status: 'success', data: { resultType: 'matrix', result: matrix } }],
    });
    const series = await new LokiClient(() => ({ base })).volume('', window, 15);
    expect(series).toEqual([{ labels: { detected_level: 'error' }, values: [[1700000000, '3']] }]);
    expect(asked[0]!.parameters.get('query')).toBe(
      'sum by (detected_level) (count_over_time({service_name=~".+"} [15s]))',
    );
  });

  it('counts the lines of each service by level, at the end of the window and over all of it', async () => {
    const series = (labels: object, count: string) => ({ metric: labels, value: [1_700_000_900, count] });
    const { base, asked } = await open({
      '/loki/api/v1/query': [
        200,
        {
          data: {
            result: [
              series({ service_name: 'shop', detected_level: 'ERROR' }, '3'),
              series({ service_name: 'shop' }, '4'),
              series({ detected_level: 'info' }, '1'),
            ],
          },
        },
      ],
    });
    const lines = await new LokiClient(() => ({ base })).countByService({
      from: 1_700_000_600_000,
      to: 1_700_000_900_000,
    });
    expect(lines).toEqual([
      { service: 'shop', level: 'error', lines: 3 },
      { service: 'shop', level: 'unknown', lines: 4 },
      { service: '', level: 'info', lines: 1 },
    ]);
    expect(asked[0]!.parameters.get('time')).toBe('1700000900000000000');
    expect(asked[0]!.parameters.get('query')).toContain('[300s]');
  });

  it('tails traces, and tells each time where it begins: what came before is to be searched for', async () => {
    const { base, sockets } = await open({});
    const stop = new AbortController();
    const tail = new TempoClient(() => ({ base })).tail('{}', stop.signal);
    const beginning = { traces: [], dropped: 0, opened: true };
    expect((await tail.next()).value).toEqual(beginning);
    const told = { traces: [{ traceId: 'a' }], dropped: 0 };
    sockets[0]!.send(JSON.stringify(told));
    expect((await tail.next()).value).toEqual(told);
    sockets[0]!.terminate();
    expect((await tail.next()).value).toEqual(beginning);
    // A slow reader is told as well.
    sockets[1]!.send(JSON.stringify(told));
    sockets[1]!.terminate();
    await expect.poll(() => sockets.length).toBe(3);
    await expect.poll(async () => (await tail.next()).value).toMatchObject({ opened: true });
    stop.abort();
  });

  it('tails lines, and after a lost connection goes on behind the last one', async () => {
    const { base, asked, sockets } = await open({});
    const stop = new AbortController();
    const tail = new LokiClient(() => ({ base })).tail('{service_name="shop"}', stop.signal);
    const first = tail.next();
    await expect.poll(() => sockets.length).toBe(1);
    const line = (ns: string) => JSON.stringify({ streams: [{ stream: { level: 'warn' }, values: [[ns, 'x']] }] });
    sockets[0]!.send(line('4000000000000000001'));
    expect((await first).value).toMatchObject({
      records: [{ timeNs: '4000000000000000001', level: 'warn' }],
      dropped: 0,
    });
    const second = tail.next();
    sockets[0]!.terminate();
    await expect.poll(() => sockets.length).toBe(2);
    expect(asked.at(-1)!.parameters.get('start')).toBe('4000000000000000002');
    sockets[1]!.send(line('4000000000000000009'));
    expect((await second).value.records).toHaveLength(1);
    const last = tail.next();
    stop.abort();
    expect((await last).done).toBe(true);
  });

  it('asks for the level, the trace and the attributes of live lines, which a Loki leaves out otherwise', async () => {
    const { base, asked, sockets } = await open({});
    const stop = new AbortController();
    const first = new LokiClient(() => ({ base })).tail('{service_name="shop"}', stop.signal).next();
    await expect.poll(() => sockets.length).toBe(1);
    expect(asked[0]!.headers['x-loki-response-encoding-flags']).toBe('categorize-labels');
    const metadata = { structuredMetadata: { detected_level: 'error', trace_id: 'abc' } };
    const streams = [{ stream: { service_name: 'shop' }, values: [['4000000000000000001', 'x', metadata]] }];
    sockets[0]!.send(JSON.stringify({ streams, encodingFlags: ['categorize-labels'] }));
    expect((await first).value.records).toMatchObject([{ level: 'error', traceId: 'abc', service: 'shop' }]);
    stop.abort();
  });

  it('holds a bounded number of lines for a slow reader and counts the others', async () => {
    const { base, sockets } = await open({});
    const stop = new AbortController();
    const tail = new LokiClient(() => ({ base })).tail('', stop.signal);
    const first = tail.next();
    await expect.poll(() => sockets.length).toBe(1);
    const values = Array.from({ length: 4000 }, (_, index) => [String(10n ** 18n + BigInt(index)), 'x']);
    const message = JSON.stringify({ streams: [{ stream: {}, values }], dropped_entries: [{}] });
    sockets[0]!.send(message);
    await first;
    for (let sent = 0; sent < 3; sent++) sockets[0]!.send(message);
    sockets[0]!.ping();
    await new Promise((resolve) => sockets[0]!.once('pong', resolve));
    const { value } = await tail.next();
    expect(value.records).toHaveLength(5000);
    expect(value.dropped).toBe(7000 + 3);
    stop.abort();
  });

  it('ends a tail with the reason when the query is refused, before or after the upgrade', async () => {
    const refused = { kind: 'refused', message: 'parse error at line 1, col 2: syntax error', position: 1 };
    const signal = new AbortController().signal;
    const early = await open({}, [400, refused.message]);
    await expect(new LokiClient(() => ({ base: early.base })).tail('{', signal).next()).rejects.toMatchObject(refused);
    await early.close();
    const late = await open({});
    const next = new LokiClient(() => ({ base: late.base })).tail('{', signal).next();
    await expect.poll(() => late.sockets.length).toBe(1);
    late.sockets[0]!.close(1008, refused.message);
    await expect(next).rejects.toMatchObject(refused);
  });
});

describe('PrometheusClient', () => {
  const success = (data: unknown, more = {}) => [200, { status: 'success', data, ...more }] as const;

  it('reads a matrix with NaN and infinities as text, and its warnings', async () => {
    const { base, asked } = await open({
      '/api/v1/query_range': success(
        {
          resultType: 'matrix',
          result: [
            {
              metric: { job: 'a' },
              values: [
                [1, 'NaN'],
                [16, '+Inf'],
              ],
            },
          ],
        },
        { warnings: ['w'], infos: ['i'] },
      ),
    });
    expect(await new PrometheusClient(() => ({ base })).queryRange('x', window, 15)).toEqual({
      series: [
        {
          labels: { job: 'a' },
          values: [
            [1, 'NaN'],
            [16, '+Inf'],
          ],
        },
      ],
      warnings: ['w', 'i'],
    });
    expect(asked[0]!.parameters.get('start')).toBe('1700000000.5');
  });

  it('reads vectors and scalars alike', async () => {
    const vector = await open({
      '/api/v1/query': success({ resultType: 'vector', result: [{ metric: { a: 'b' }, value: [1.5, '2'] }] }),
    });
    expect((await new PrometheusClient(() => ({ base: vector.base })).query('x', 1)).series).toEqual([
      { labels: { a: 'b' }, values: [[1.5, '2']] },
    ]);
    await vector.close();
    const scalar = await open({ '/api/v1/query': success({ resultType: 'scalar', result: [1, '7'] }) });
    expect((await new PrometheusClient(() => ({ base: scalar.base })).query('7', 1)).series).toEqual([
      { labels: {}, values: [[1, '7']] },
    ]);
  });

  it('reads native histograms beside numbers', async () => {
    const histogram = { count: '2', sum: '3', buckets: [[0, '1', '2', '2']] };
    const { base } = await open({
      '/api/v1/query': success({ resultType: 'vector', result: [{ metric: {}, histogram: [1, histogram] }] }),
      '/api/v1/query_range': success({
        resultType: 'matrix',
        result: [{ metric: {}, values: [[1, '5']], histograms: [[2, histogram]] }],
      }),
    });
    const client = new PrometheusClient(() => ({ base }));
    expect((await client.query('x', 1)).series).toEqual([{ labels: {}, values: [], histograms: [[1, histogram]] }]);
    expect((await client.queryRange('x', window, 1)).series).toEqual([
      { labels: {}, values: [[1, '5']], histograms: [[2, histogram]] },
    ]);
  });

  it('joins names with metadata, also for the series of a histogram', async () => {
    const { base } = await open({
      '/api/v1/label/__name__/values': success(['lat_seconds_bucket', 'other']),
      '/api/v1/metadata': success({ lat_seconds: [{ type: 'histogram', unit: 's', help: 'Latency.' }] }),
    });
    expect(await new PrometheusClient(() => ({ base })).names(window)).toEqual([
      { name: 'lat_seconds_bucket', type: 'histogram', unit: 's', help: 'Latency.' },
      { name: 'other', type: 'unknown', unit: '', help: '' },
    ]);
  });

  it('reads exemplars with their traces', async () => {
    const exemplar = { labels: { trace_id: 'abc' }, value: '0.5', timestamp: 1.25 };
    const { base } = await open({
      '/api/v1/query_exemplars': success([{ seriesLabels: { job: 'a' }, exemplars: [exemplar] }]),
    });
    expect(await new PrometheusClient(() => ({ base })).exemplars('x', window)).toEqual([
      { labels: { job: 'a', trace_id: 'abc' }, time: 1.25, value: 0.5, traceId: 'abc' },
    ]);
  });

  it("places Prometheus' parse errors in the query", async () => {
    const error = 'invalid parameter "query": 1:5: parse error: unexpected end of input';
    const { base } = await open({ '/api/v1/query': [400, { status: 'error', errorType: 'bad_data', error }] });
    await expect(new PrometheusClient(() => ({ base })).query('sum(', 1)).rejects.toMatchObject({
      kind: 'refused',
      message: error,
      position: 4,
    });
  });
});
