import { afterEach, describe, expect, it } from 'vitest';
import { PrometheusClient } from './prometheus-client';
import { openScriptedBackend, type ScriptedBackend } from './request/scripted-backend';

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

  it('counts the values of each label of what a selector matches, and tells the first of them', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `v${index}`);
    const { base, asked } = await open({
      '/api/v1/labels': success(['__name__', 'zone', 'http.route', 'U__x']),
      '/api/v1/label/zone/values': success(['eu']),
      '/api/v1/label/U__http_2e_route/values': success(many),
      '/api/v1/label/U__U____x/values': success([]),
    });
    const match = '{"req.total", zone="eu"}';
    expect(await new PrometheusClient(() => ({ base })).labelCounts(match, window)).toEqual([
      { label: 'zone', total: 1, values: ['eu'] },
      { label: 'http.route', total: 30, values: many.slice(0, 20) },
      { label: 'U__x', total: 0, values: [] },
    ]);
    expect(asked.map(({ parameters }) => parameters.get('match[]'))).toEqual([match, match, match, match]);
  });

  it('asks for all metrics that are kept where no window is given', async () => {
    const { base, asked } = await open({
      '/api/v1/label/__name__/values': success(['gone']),
      '/api/v1/metadata': success({}),
    });
    expect(await new PrometheusClient(() => ({ base })).names()).toHaveLength(1);
    expect(asked.map(({ parameters }) => parameters.size)).toEqual([0, 0]);
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
