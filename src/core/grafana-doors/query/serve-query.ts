import type { Context, Hono } from 'hono';
import type { AskApi } from '../ask-api';
import type { Datasource } from '../datasources';
import { toFrameJson } from '../frames/data-frame';
import { grafanaError } from '../grafana-error';
import type { DataQuery, QueryOutcome } from './data-query';
import { queryLoki } from './query-loki';
import { queryPrometheus } from './query-prometheus';
import { queryTempo } from './query-tempo';
import { readQueryRequest } from './read-query-request';

/** The second is that of Grafana's newer API, which some clients try first. */
const paths = ['/api/ds/query', '/apis/query.grafana.app/v0alpha1/namespaces/:namespace/query'];

/** Queries of any of the data sources as data frames. One that fails fails alone, and makes the answer's status 400. */
export function serveQuery(
  app: Hono,
  { sources, ask, now }: { sources: readonly Datasource[]; ask: AskApi; now: () => number },
): void {
  app.on('POST', paths, async (context) => {
    const body = await readJson(context);
    if (body === undefined) return grafanaError(context, 400, 'bad request data: the body is no JSON');
    const request = readQueryRequest(body, sources, now());
    if ('status' in request) return grafanaError(context, request.status, request.message, request.messageId);
    const { signal } = context.req.raw;
    const answered = await Promise.all(
      request.queries.map(async ({ query, source }) => {
        const outcome = await run(query, source, ask, signal);
        return [query.refId, toJson(outcome, query.refId)] as const;
      }),
    );
    const failed = answered.some(([, outcome]) => 'error' in outcome);
    return context.json({ results: Object.fromEntries(answered) }, failed ? 400 : 200);
  });
}

function run(query: DataQuery, source: Datasource, ask: AskApi, signal: AbortSignal): Promise<QueryOutcome> {
  if (source.type === 'prometheus') return queryPrometheus(query, ask, signal);
  return source.type === 'loki' ? queryLoki(query, ask, signal) : queryTempo(query, source, ask, signal);
}

function toJson({ frames, status, error, errorSource }: QueryOutcome, refId: string) {
  return {
    ...(error !== undefined && { error, errorSource }),
    status,
    frames: frames.map((frame) => toFrameJson(frame, refId)),
  };
}

async function readJson(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch {
    return undefined;
  }
}
