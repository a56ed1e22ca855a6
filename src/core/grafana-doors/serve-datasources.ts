import type { Context, Hono } from 'hono';
import type { QueryApi } from '../../shared/contract/external';
import type { AskApi } from './ask-api';
import type { Datasource } from './datasources';
import { grafanaError } from './grafana-error';
import { pluginOf } from './plugins';

export interface DatasourceOptions {
  sources: readonly Datasource[];
  /** Where an API answers, without anything secret. */
  addressOf(api: QueryApi): string;
  ask: AskApi;
}

/** What each API is asked to see that it works, and what Grafana says then. */
const probes: Readonly<Record<QueryApi, { path: string; parameters: Record<string, string>; well: string }>> = {
  prometheus: {
    path: '/api/v1/query',
    parameters: { query: '1+1' },
    well: 'Successfully queried the Prometheus API.',
  },
  loki: {
    path: '/loki/api/v1/query',
    parameters: { query: 'vector(1)+vector(1)' },
    well: 'Data source successfully connected.',
  },
  tempo: { path: '/api/echo', parameters: {}, well: 'Data source is working' },
};

/** The three data sources, one or all, and their health. */
export function serveDatasources(app: Hono, { sources, addressOf, ask }: DatasourceOptions): void {
  const list = (source: Datasource) => ({ ...common(source, addressOf(source.type)), ...namesOf(source) });
  const one = (source: Datasource) => ({
    ...common(source, addressOf(source.type)),
    withCredentials: false,
    secureJsonFields: {},
    version: 1,
  });
  const answer = (context: Context, found: Datasource | undefined) =>
    found ? context.json(one(found)) : grafanaError(context, 404, 'Data source not found');

  app.get('/api/datasources', (context) => context.json(sources.map(list)));
  app.get('/api/datasources/uid/:uid', (context) => answer(context, byUid(sources, context.req.param('uid'))));
  app.get('/api/datasources/name/:name', (context) => answer(context, byName(sources, context.req.param('name'))));
  app.get('/api/datasources/id/:name', (context) => {
    const found = byName(sources, context.req.param('name'));
    return found ? context.json({ id: found.id }) : grafanaError(context, 404, 'Data source not found');
  });
  app.get('/api/datasources/:id{[0-9]+}', (context) =>
    answer(
      context,
      sources.find(({ id }) => String(id) === context.req.param('id')),
    ),
  );
  app.get('/api/datasources/uid/:uid/health', async (context) => {
    const found = byUid(sources, context.req.param('uid'));
    if (!found) return grafanaError(context, 404, 'Data source not found');
    const { path, parameters, well } = probes[found.type];
    const answered = await ask(found.type, { path, parameters, signal: context.req.raw.signal });
    if (typeof answered === 'string') return context.json({ message: answered, status: 'ERROR' }, 400);
    if (answered.status === 200) return context.json({ message: well, status: 'OK' });
    return context.json({ message: answered.body.trim() || `status ${answered.status}`, status: 'ERROR' }, 400);
  });
}

function byUid(sources: readonly Datasource[], uid: string): Datasource | undefined {
  return sources.find((source) => source.uid === uid);
}

/** Capitals do not matter, as in Grafana. */
function byName(sources: readonly Datasource[], name: string): Datasource | undefined {
  return sources.find((source) => source.name.toLowerCase() === name.toLowerCase());
}

function common({ id, uid, name, type, isDefault, jsonData }: Datasource, url: string) {
  return {
    id,
    uid,
    orgId: 1,
    name,
    type,
    typeLogoUrl: '',
    access: 'proxy',
    url,
    user: '',
    database: '',
    basicAuth: false,
    isDefault,
    jsonData,
    readOnly: true,
  };
}

function namesOf({ type }: Datasource) {
  return { typeName: pluginOf(type).name };
}
