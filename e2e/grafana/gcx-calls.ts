import { expect } from '@playwright/test';
import { has, listOf, llm, prometheus, seconds, tempo, text } from './call-parts';
import type { GrafanaCall } from './grafana-call';

/** Recorded from gcx 1.1, by which OATs 3 asks, and written anew. `traceId` is a trace of the service `shop`. */
export function gcxCalls(traceId: string): readonly GrafanaCall[] {
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
