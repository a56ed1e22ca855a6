import { expect } from '@playwright/test';

/** One call as a tool makes it, and what the tool reads of the answer. */
interface GrafanaCall {
  tool: 'mcp-grafana' | 'gcx';
  /** The tool's own name of what it does: of one of its tools, or a command. */
  does: string;
  method?: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  form?: Record<string, string>;
  json?: object;
  /** 200 unless given. */
  status?: number;
  answer: unknown;
}

const has = (fields: Record<string, unknown>) => expect.objectContaining(fields);
const listOf = (...items: unknown[]) => expect.arrayContaining(items);
const seconds = (ago: number) => String(Math.floor(Date.now() / 1000) - ago);
const nanos = (ago: number) => `${seconds(ago)}000000000`;
const text = expect.any(String);

const loki = '/api/datasources/proxy/uid/loki/loki/api/v1';
const prometheus = '/api/datasources/uid/prometheus/resources/api/v1';
const tempo = '/api/datasources/proxy/uid/tempo/api';
const categorized = { 'x-loki-response-encoding-flags': 'categorize-labels' };
const llm = { accept: 'application/vnd.grafana.llm' };

/** Recorded from the tools and written anew: mcp-grafana 1.6, gcx 1.1, by which OATs 3 asks. `traceId` is a trace of the service `shop`. */
export function grafanaCalls(traceId: string): readonly GrafanaCall[] {
  const query = (path: string, fields: object, range: object = { from: 'now-1m', to: 'now' }) => ({
    method: 'POST' as const,
    path,
    json: { ...range, queries: [{ refId: 'A', intervalMs: 60_000, ...fields }] },
  });
  const queryApi = '/apis/query.grafana.app/v0alpha1/namespaces/default/query';
  const lastTen = { from: String(Date.now() - 600_000), to: String(Date.now() + 60_000) };
  const promSource = { datasource: { type: 'prometheus', uid: 'prometheus' } };
  const lokiSource = { datasource: { type: 'loki', uid: 'loki' } };
  const line = { values: listOf(listOf('no stock left')) };
  return [
    {
      tool: 'mcp-grafana',
      does: 'start',
      path: '/api/frontend/settings',
      answer: has({ appUrl: text, namespace: 'default', buildInfo: has({ version: text }) }),
    },
    {
      tool: 'mcp-grafana',
      does: 'list_datasources',
      path: '/api/datasources',
      answer: ['prometheus', 'loki', 'tempo'].map((uid, index) => has({ id: index + 1, uid, type: uid })),
    },
    {
      tool: 'mcp-grafana',
      does: 'get_datasource',
      path: '/api/datasources/uid/tempo',
      answer: has({ uid: 'tempo', name: 'Tempo', jsonData: has({ nodeGraph: { enabled: true } }) }),
    },
    {
      tool: 'mcp-grafana',
      does: 'get_datasource by name',
      path: '/api/datasources/name/Loki',
      answer: has({ uid: 'loki' }),
    },
    {
      tool: 'mcp-grafana',
      does: 'get_datasource that is not there',
      path: '/api/datasources/uid/nope',
      status: 404,
      answer: has({ message: 'Data source not found' }),
    },
    {
      tool: 'mcp-grafana',
      does: 'check_datasource_health',
      path: '/api/datasources/uid/loki/health',
      answer: { status: 'OK', message: text },
    },
    {
      tool: 'mcp-grafana',
      does: 'query_prometheus, instant',
      method: 'POST',
      path: `${prometheus}/query`,
      form: { query: 'checkout_duration_seconds_count', time: seconds(-60) },
      answer: has({
        status: 'success',
        data: { resultType: 'vector', result: [has({ value: [expect.any(Number), '3'] })] },
      }),
    },
    {
      tool: 'mcp-grafana',
      does: 'query_prometheus, range',
      method: 'POST',
      path: `${prometheus}/query_range`,
      form: { query: 'checkout_duration_seconds_count', start: seconds(300), end: seconds(-60), step: '15' },
      answer: has({ status: 'success', data: has({ resultType: 'matrix' }) }),
    },
    {
      tool: 'mcp-grafana',
      does: 'query_prometheus that is refused',
      method: 'POST',
      path: `${prometheus}/query`,
      form: { query: 'up{' },
      status: 400,
      answer: has({ status: 'error', errorType: 'bad_data', error: text }),
    },
    {
      tool: 'mcp-grafana',
      does: 'list_prometheus_label_names',
      method: 'POST',
      path: `${prometheus}/labels`,
      form: {},
      answer: has({ status: 'success', data: listOf('__name__', 'job') }),
    },
    {
      tool: 'mcp-grafana',
      does: 'list_prometheus_metric_names',
      path: `${prometheus}/label/__name__/values`,
      answer: has({ data: listOf('checkout_duration_seconds_count') }),
    },
    {
      tool: 'mcp-grafana',
      does: 'list_prometheus_metric_metadata',
      path: `${prometheus}/metadata?limit=10&metric=`,
      answer: has({ status: 'success', data: expect.any(Object) }),
    },
    {
      tool: 'mcp-grafana',
      does: 'list_loki_label_names',
      path: `${loki}/labels?start=${nanos(3600)}&end=${nanos(-60)}`,
      headers: categorized,
      answer: has({ status: 'success', data: listOf('service_name') }),
    },
    {
      tool: 'mcp-grafana',
      does: 'list_loki_label_values',
      path: `${loki}/label/service_name/values?start=${nanos(3600)}&end=${nanos(-60)}`,
      headers: categorized,
      answer: has({ data: listOf('shop') }),
    },
    {
      tool: 'mcp-grafana',
      does: 'query_loki_logs',
      path: `${loki}/query_range?direction=backward&end=${nanos(-60)}&limit=10&query=%7Bservice_name%3D%22shop%22%7D&start=${nanos(3600)}`,
      headers: categorized,
      answer: has({
        data: has({
          resultType: 'streams',
          encodingFlags: ['categorize-labels'],
          result: [
            {
              stream: has({ service_name: 'shop' }),
              values: [[text, 'no stock left', has({ structuredMetadata: has({ trace_id: traceId }) })]],
            },
          ],
        }),
      }),
    },
    {
      tool: 'mcp-grafana',
      does: 'query_loki_logs, instant',
      path: `${loki}/query?query=sum%28count_over_time%28%7Bservice_name%3D%22shop%22%7D%5B5m%5D%29%29&time=${seconds(-60)}`,
      headers: categorized,
      answer: has({ data: has({ resultType: 'vector', result: [has({ value: [expect.any(Number), '1'] })] }) }),
    },
    {
      tool: 'mcp-grafana',
      does: 'query_loki_stats',
      path: `${loki}/index/stats?end=${nanos(-60)}&query=%7Bservice_name%3D%22shop%22%7D&start=${nanos(3600)}`,
      headers: categorized,
      answer: has({ streams: 1, entries: 1, bytes: expect.any(Number), chunks: expect.any(Number) }),
    },
    {
      tool: 'mcp-grafana',
      does: 'query_loki_patterns',
      path: `${loki}/patterns?end=${nanos(-60)}&query=%7Bservice_name%3D%22shop%22%7D&start=${nanos(3600)}`,
      headers: categorized,
      answer: has({ status: 'success', data: expect.any(Array) }),
    },
    {
      tool: 'mcp-grafana',
      does: 'search_tempo_traces',
      path: `${tempo}/search?end=${seconds(-60)}&q=%7B+name+%3D+%22place-order%22+%7D&start=${seconds(3600)}`,
      headers: llm,
      answer: has({
        traces: [has({ traceID: traceId.replace(/^0+/, ''), serviceStats: has({ shop: has({ spanCount: 1 }) }) })],
      }),
    },
    {
      tool: 'mcp-grafana',
      does: 'get_tempo_trace',
      path: `${tempo}/v2/traces/${traceId}`,
      headers: llm,
      answer: { trace: { traceId, services: [has({ serviceName: 'shop' })] } },
    },
    {
      tool: 'mcp-grafana',
      does: 'list_tempo_attribute_names',
      path: `${tempo}/v2/search/tags`,
      headers: llm,
      answer: has({ scopes: listOf(has({ name: 'resource', tags: listOf('service.name') })) }),
    },
    {
      tool: 'mcp-grafana',
      does: 'query_tempo_metrics',
      path: `${tempo}/metrics/query_range?end=${nanos(-60)}&q=%7B%7D+%7C+rate%28%29+by+%28resource.service.name%29&start=${nanos(3600)}`,
      headers: llm,
      answer: has({
        series: listOf(has({ labels: [{ key: 'resource.service.name', value: { stringValue: 'shop' } }] })),
      }),
    },
    {
      tool: 'mcp-grafana',
      does: 'diff_tempo_traces',
      method: 'POST',
      path: `${tempo}/v2/traces/diff`,
      headers: llm,
      json: { base: { traceID: traceId }, compare: { traceID: traceId }, format: 'trace-summary-v0-composed' },
      answer: has({ version: 'trace-summary-v0-composed' }),
    },
    {
      tool: 'mcp-grafana',
      does: 'user_info',
      path: '/api/user',
      answer: has({ login: 'admin', isGrafanaAdmin: false }),
    },
    { tool: 'mcp-grafana', does: 'user_info: organisations', path: '/api/user/orgs', answer: [has({ orgId: 1 })] },
    {
      tool: 'mcp-grafana',
      does: 'get_plugin',
      path: '/api/plugins/loki/settings',
      answer: has({ id: 'loki', enabled: true }),
    },
    {
      tool: 'mcp-grafana',
      does: 'get_annotations, of which there are none',
      path: '/api/annotations',
      status: 404,
      answer: has({ message: expect.stringContaining('GET /api/annotations') }),
    },
    {
      tool: 'mcp-grafana',
      does: 'search_dashboards',
      path: '/api/search?limit=50&page=1&query=x&type=dash-db',
      answer: [],
    },
    {
      tool: 'gcx',
      does: 'login: the namespace',
      path: '/bootdata',
      answer: has({ settings: has({ namespace: 'default' }) }),
    },
    {
      tool: 'gcx',
      does: 'login: the version',
      path: '/api/health',
      answer: has({ database: 'ok', version: expect.stringMatching(/^(1[2-9]|[2-9]\d)\./) }),
    },
    { tool: 'gcx', does: 'login: newer APIs', path: '/apis', answer: has({ kind: 'APIGroupList', groups: [] }) },
    {
      tool: 'gcx',
      does: 'datasources list: kinds',
      path: '/api/plugins?type=datasource',
      answer: ['loki', 'prometheus', 'tempo'].map((id) => has({ id, name: text, category: text })),
    },
    {
      tool: 'gcx',
      does: 'metrics query, instant',
      ...query(queryApi, { ...promSource, expr: 'checkout_duration_seconds_count', instant: true }),
      answer: { results: { A: { status: 200, frames: [has({ data: { values: [[expect.any(Number)], [3]] } })] } } },
    },
    {
      tool: 'gcx',
      does: 'metrics query --since, by the older API',
      ...query('/api/ds/query', { ...promSource, expr: 'checkout_duration_seconds_count' }, lastTen),
      answer: {
        results: {
          A: {
            status: 200,
            frames: [
              has({
                schema: has({
                  fields: [has({ type: 'time' }), has({ type: 'number', labels: has({ job: 'shop' }) })],
                }),
                data: { values: [expect.any(Array), listOf(3)] },
              }),
            ],
          },
        },
      },
    },
    {
      tool: 'gcx',
      does: 'metrics query that is refused',
      ...query(queryApi, { ...promSource, expr: 'up{', instant: true }),
      status: 400,
      answer: { results: { A: has({ error: expect.stringContaining('bad_data'), status: 400 }) } },
    },
    {
      tool: 'gcx',
      does: 'logs query --since',
      ...query(queryApi, { ...lokiSource, expr: '{service_name="shop"} |= "stock"', maxLines: 50 }, lastTen),
      answer: {
        results: {
          A: {
            status: 200,
            frames: [
              has({
                schema: has({
                  fields: ['labels', 'Time', 'Line', 'tsNs', 'labelTypes', 'id'].map((name) => has({ name })),
                }),
                data: has(line),
              }),
            ],
          },
        },
      },
    },
    {
      tool: 'gcx',
      does: 'metrics labels',
      path: `${prometheus}/label/job/values`,
      answer: has({ data: listOf('shop') }),
    },
    {
      tool: 'gcx',
      does: 'logs labels',
      path: '/api/datasources/uid/loki/resources/label/service_name/values',
      answer: has({ data: listOf('shop') }),
    },
    {
      tool: 'gcx',
      does: 'logs series',
      path: '/api/datasources/uid/loki/resources/series?match%5B%5D=%7Bservice_name%3D%22shop%22%7D',
      answer: has({ data: [has({ service_name: 'shop' })] }),
    },
    {
      tool: 'gcx',
      does: 'traces search --since, as OATs asks',
      path: `${tempo}/search?end=${seconds(-60)}&limit=20&q=%7B+name+%3D+%22place-order%22+%7D&start=${seconds(600)}`,
      answer: has({ traces: [has({ traceID: traceId.replace(/^0+/, ''), rootServiceName: 'shop' })] }),
    },
    {
      tool: 'gcx',
      does: 'traces get, as OATs asks',
      path: `${tempo}/v2/traces/${traceId}?end=${seconds(-60)}&start=${seconds(600)}`,
      answer: has({
        trace: { resourceSpans: [has({ scopeSpans: [has({ spans: [has({ name: 'place-order' })] })] })] },
      }),
    },
    {
      tool: 'gcx',
      does: 'traces get for an agent',
      path: `${tempo}/v2/traces/${traceId}`,
      headers: llm,
      answer: { trace: { traceId, services: [has({ serviceName: 'shop' })] } },
    },
    {
      tool: 'gcx',
      does: 'traces tags',
      path: `${tempo}/v2/search/tags`,
      answer: has({ scopes: listOf(has({ name: 'resource', tags: listOf('service.name') })) }),
    },
    {
      tool: 'gcx',
      does: 'traces tag values for an agent',
      path: `${tempo}/v2/search/tag/resource.service.name/values`,
      headers: llm,
      answer: { tagValues: { string: listOf('shop') } },
    },
    {
      tool: 'gcx',
      does: 'traces metrics',
      path: `${tempo}/metrics/query_range?end=${seconds(-60)}&query=%7B%7D+%7C+rate%28%29&start=${seconds(600)}&step=60s`,
      answer: has({ series: expect.any(Array) }),
    },
  ];
}
