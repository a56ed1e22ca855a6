import type { Context, Hono } from 'hono';
import type { Problem } from '../../../shared/problem';
import type { StoreReader } from '../../store/reader/reader';
import { QUERY_METHODS } from '../answers/query-methods';
import { compileQuery } from '../search/read-search-request';
import type { MetricsStage, Query } from '../traceql/ast';
import { encodeInstantAnswer, encodeRangeAnswer } from './metrics-answer';
import { queryMetrics } from './query-metrics';
import { type MetricsRange, readMetricsRange } from './read-metrics-request';

/** As Tempo has it where nothing is configured. */
const MAX_EXEMPLARS = 100;

/** `/api/metrics/query_range` and `/api/metrics/query`. `now` gives Unix milliseconds. */
export function serveMetrics(app: Hono, reader: StoreReader, now: () => number): void {
  app.on(QUERY_METHODS, '/api/metrics/query_range', async (context) => {
    const request = readRequest(context, now(), false);
    if ('kind' in request) return context.text(request.message, 400);
    const { query, range } = request;
    const { signal } = context.req.raw;
    const exemplars = exemplarsOf(context, query);
    const result = await queryMetrics(reader, query, range, { exemplars: exemplars > 0, signal });
    const options = { maxSeries: count(context, 'maxSeries'), exemplars, signal };
    return json(context, await encodeRangeAnswer(reader, result, query.metrics, range, options));
  });
  app.on(QUERY_METHODS, '/api/metrics/query', async (context) => {
    const request = readRequest(context, now(), true);
    if ('kind' in request) return context.text(request.message, 400);
    const { signal } = context.req.raw;
    const result = await queryMetrics(reader, request.query, request.range, { exemplars: false, signal });
    return json(context, await encodeInstantAnswer(result, signal));
  });
}

function json(context: Context, body: string): Response {
  return context.body(body, 200, { 'content-type': 'application/json' });
}

function readRequest(
  context: Context,
  nowMs: number,
  instant: boolean,
): { query: Query & { metrics: MetricsStage }; range: MetricsRange } | Problem {
  const parameters = context.req.query();
  const query = compileQuery(parameters.q ?? parameters.query ?? '');
  if ('kind' in query) return query;
  if (!query.metrics) return { kind: 'bad-request', message: 'not a metrics query' };
  const range = readMetricsRange(parameters, nowMs, instant);
  return 'kind' in range ? range : { query: { ...query, metrics: query.metrics }, range };
}

/** The hint goes before the parameter; 0 stands for as many as there may be. */
function exemplarsOf(context: Context, { hints }: Query): number {
  const hint = hints.get('exemplars');
  if (hint === 'false') return 0;
  if (hint !== undefined && /^-?\d+$/.test(hint)) return Math.min(Math.max(Number(hint), 0), MAX_EXEMPLARS);
  return Math.min(count(context, 'exemplars') || MAX_EXEMPLARS, MAX_EXEMPLARS);
}

/** 0 where the parameter is missing or no count, as in Tempo. */
function count(context: Context, name: string): number {
  const value = context.req.query(name) ?? '';
  return /^\d{1,9}$/.test(value) ? Number(value) : 0;
}
