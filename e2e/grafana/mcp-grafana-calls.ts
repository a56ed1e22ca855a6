import { expect } from '@playwright/test';
import { categorized, has, listOf, llm, loki, nanos, prometheus, seconds, tempo, text } from './call-parts';
import type { GrafanaCall } from './grafana-call';

/** Recorded from mcp-grafana 1.6.3 and written anew. `traceId` is a trace of the service `shop`. */
export function mcpGrafanaCalls(traceId: string): readonly GrafanaCall[] {
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
  ];
}
