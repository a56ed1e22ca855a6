import { z } from 'zod';
import type { Datasource } from '../datasources';
import type { DataQuery } from './data-query';
import { readGrafanaTime } from './grafana-time';

const Query = z.looseObject({
  refId: z.string().default('A'),
  hide: z.boolean().default(false),
  datasource: z
    .union([z.string(), z.looseObject({ uid: z.string().optional(), type: z.string().optional() })])
    .nullish(),
  datasourceId: z.number().optional(),
  intervalMs: z.number().positive().default(1_000).catch(1_000),
  maxDataPoints: z.number().positive().default(100).catch(100),
  timeRange: z.object({ from: z.string(), to: z.string() }).optional(),
});
type Query = z.infer<typeof Query>;

const time = z.union([z.string(), z.number().transform(String)]);
const Body = z.object({ queries: z.array(Query).default([]), from: time.default('now-6h'), to: time.default('now') });

export interface QueryRequest {
  queries: readonly { query: DataQuery; source: Datasource }[];
}
export interface QueryRefusal {
  status: 400 | 404 | 501;
  message: string;
  messageId?: string;
}

/** What `POST /api/ds/query` asks, of which data sources. Hidden queries are left out, as Grafana does. */
export function readQueryRequest(
  body: unknown,
  sources: readonly Datasource[],
  now: number,
): QueryRequest | QueryRefusal {
  const read = Body.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { status: 400, message: `bad request data: ${issue?.path.join('.')}: ${issue?.message}` };
  }
  const { queries, from, to } = read.data;
  if (queries.length === 0) return { status: 400, message: 'No queries found', messageId: 'query.noQueries' };
  const refIds = queries.map(({ refId }) => refId);
  if (new Set(refIds).size < refIds.length) {
    return {
      status: 400,
      message: 'Multiple queries using the same RefId is not allowed',
      messageId: 'query.duplicateRefId',
    };
  }
  const asked: QueryRequest['queries'][number][] = [];
  for (const each of queries.filter(({ hide }) => !hide)) {
    const source = findSource(each, sources);
    if ('status' in source) return source;
    const start = readGrafanaTime(each.timeRange?.from ?? from, now, false);
    const end = readGrafanaTime(each.timeRange?.to ?? to, now, true);
    if (start === null || end === null) {
      const wrong = start === null ? (each.timeRange?.from ?? from) : (each.timeRange?.to ?? to);
      return {
        status: 400,
        message: `bad request data: ${JSON.stringify(wrong)} is no time: Unix milliseconds, now-5m, or ISO 8601`,
      };
    }
    const { refId, intervalMs, maxDataPoints } = each;
    asked.push({
      source,
      query: { refId, intervalMs, maxDataPoints, from: start, to: end, model: modelOf(each, body) },
    });
  }
  return { queries: asked };
}

function findSource({ datasource, datasourceId }: Query, sources: readonly Datasource[]): Datasource | QueryRefusal {
  const uid = typeof datasource === 'string' ? datasource : datasource?.uid;
  if (uid === '__expr__' || uid === '-100') {
    return {
      status: 501,
      message:
        'Watchtower evaluates no server-side expressions of Grafana (__expr__): ask for them in PromQL or LogQL.',
    };
  }
  if (uid === undefined && datasourceId === undefined) {
    return {
      status: 400,
      message: 'Query does not contain a valid data source identifier',
      messageId: 'query.invalidDatasourceId',
    };
  }
  // A uid goes before a number, as in Grafana; older clients give a name in place of a uid.
  const found =
    uid === undefined
      ? sources.find(({ id }) => id === datasourceId)
      : (sources.find((source) => source.uid === uid) ?? sources.find(({ name }) => name === uid));
  return found ?? { status: 404, message: 'Data source not found' };
}

/** As it came, not as it was read here: a default of this reader is none of the data source's. */
function modelOf({ refId }: Query, body: unknown): Readonly<Record<string, unknown>> {
  const { queries } = body as { queries: Record<string, unknown>[] };
  return queries.find((query) => (query.refId ?? 'A') === refId)!;
}
