import { afterEach, describe, expect, it } from 'vitest';
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
  it('asks for the newest, and tells a mistake by the query as it was typed', async () => {
    const { base, asked } = await open({ '/api/search': [400, 'parse error at line 1, col 3: unexpected $end'] });
    const tempo = new TempoClient(() => ({ base }));
    await expect(tempo.search('{ .', window, 20)).rejects.toMatchObject({ kind: 'refused', position: 2 });
    expect(asked.map(({ parameters }) => parameters.get('q'))).toEqual(['{ . with (most_recent=true)', '{ .']);
  });

  it('takes for no value what Tempo writes of an attribute that a span has not', async () => {
    const spans = ['/a', 'nil'].map((stringValue, at) => ({
      spanID: `${at}`,
      attributes: [{ key: 'http.route', value: { stringValue } }],
    }));
    const { base } = await open({
      '/api/search': [200, { traces: [{ traceID: 'af', spanSets: [{ spans, matched: 2 }] }], metrics: {} }],
    });
    const tempo = new TempoClient(() => ({ base }));
    const { traces } = await tempo.search('{}', window, 20);
    expect(traces[0]!.selected).toEqual({ 'http.route': '/a' });
    const asked = { query: '{}', traceId: 'af', window, fields: ['span.http.route'], limit: 20 };
    const matched = await tempo.matchedSpans(asked);
    expect(matched.spans.map(({ attributes }) => attributes.length)).toEqual([1, 0]);
    // The embedded engine says nothing of one: there the word is a value.
    const own = new TempoClient(() => ({ base, leavesOutNil: true }));
    expect((await own.search('{}', window, 20)).traces[0]!.selected).toEqual({ 'http.route': '/a, nil' });
    expect((await own.matchedSpans(asked)).spans.map(({ attributes }) => attributes.length)).toEqual([1, 1]);
  });

  it('asks for a part of a large trace, and takes a part of one that came whole', async () => {
    const span = (spanId: string, parentSpanId: string, endTimeUnixNano: string) => ({
      ...{ spanId, parentSpanId, startTimeUnixNano: '1700000000000000000', endTimeUnixNano },
    });
    const [a, b, c] = ['1', '2', '3'].map((digit) => digit.repeat(16)) as [string, string, string];
    const end = (ns: number) => String(1_700_000_000_000_000_000n + BigInt(ns));
    const resourceSpans = [{ scopeSpans: [{ spans: [span(a, '', end(9)), span(b, a, end(1)), span(c, a, end(5))] }] }];
    const { base, asked } = await open({
      '/api/v2/traces/aa': [200, { trace: { resourceSpans }, status: 'PARTIAL', watchtower: { spans: 1_000_000 } }],
      '/api/v2/traces/bb': [200, { trace: { resourceSpans } }],
    });
    const tempo = new TempoClient(() => ({ base }));
    expect(await tempo.get('aa', undefined, 3)).toMatchObject({ total: 1_000_000 });
    expect(asked[0]!.parameters.get('max_spans')).toBe('3');
    const part = await tempo.get('bb', undefined, 2);
    expect([part!.spans.map(({ spanId }) => spanId), part!.total]).toEqual([[a, c], 3]);
    const whole = await tempo.get('bb');
    expect([whole!.spans.length, whole!.total]).toEqual([3, undefined]);
    expect(asked[2]!.parameters.has('max_spans')).toBe(false);
  });

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
      q: '{} with (most_recent=true)',
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

  it('asks for the greatest of a window, and tells whether the backend knows such an order', async () => {
    const engine = await open({ '/api/search': [200, { traces: [], metrics: { order: 'duration' } }] });
    const found = await new TempoClient(() => engine).search('{}', window, 20, undefined, 'duration');
    expect(found).toEqual({ traces: [], ordered: true });
    expect(engine.asked[0]!.parameters.get('order')).toBe('duration');
    const tempo = await open({ '/api/search': [200, { traces: [], metrics: {} }] });
    expect(await new TempoClient(() => tempo).search('{}', window, 20, undefined, 'duration')).toEqual({ traces: [] });
  });

  it('asks the engine for the spans of each service, and Tempo itself in TraceQL, held to the longest duration', async () => {
    const service = { name: 'shop', spans: 5, errors: 1, p95Ns: 8.2e9, longestNs: 8.2e9 };
    const engine = await open({ '/watchtower/services': [200, { services: [service] }] });
    expect(await new TempoClient(() => ({ base: engine.base })).services(window, { parts: 7 })).toEqual([service]);
    expect(engine.asked[0]!.parameters.get('parts')).toBe('7');

    const labels = [{ key: 'resource.service.name', value: { stringValue: 'shop' } }];
    const real = await open({ '/api/metrics/query': [200, { series: [{ labels, value: 14.3 }] }] });
    const [found] = await new TempoClient(() => ({ base: real.base })).services(window, { parts: 7 });
    expect(found).toMatchObject({ name: 'shop', spans: 14.3, requests: 14.3, longestNs: 14.3e9, rates: [] });
    // Estimates of no quantile that was asked for are none.
    expect(found).toMatchObject({ p50Ns: 0, p95Ns: 0 });
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

  it('asks for a metrics query over whole steps, and tells its values at their ends', async () => {
    const { base, asked } = await open({
      '/api/metrics/query_range': [
        200,
        {
          series: [
            {
              labels: [{ key: '__bucket', value: { doubleValue: 0.128 } }],
              samples: [{ timestampMs: '1700000030000', value: 3 }, { timestampMs: '1700000060000' }],
            },
          ],
          message: 'the first 1 of 2 series',
        },
      ],
    });
    const found = await new TempoClient(() => ({ base })).aggregateRange('{} | rate()', window, 30);
    expect(found).toEqual({
      series: [
        {
          labels: [{ key: '__bucket', value: 0.128 }],
          points: [
            [1_700_000_030_000, 3],
            [1_700_000_060_000, 0],
          ],
        },
      ],
      cut: 'the first 1 of 2 series',
    });
    expect(Object.fromEntries(asked[0]!.parameters)).toEqual({
      q: '{} | rate()',
      start: '1699999980',
      end: '1700000910',
      step: '30s',
    });
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
