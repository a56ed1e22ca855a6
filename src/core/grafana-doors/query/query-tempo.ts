import { z } from 'zod';
import type { OtlpResourceSpans } from '../../telemetry/read-otlp-trace';
import type { ApiRequest, AskApi } from '../ask-api';
import { type SearchAnswer, searchFrame } from '../frames/search-frame';
import { traceFrame } from '../frames/trace-frame';
import { type TraceMetricsAnswer, traceMetricsFrames } from '../frames/trace-metrics-frames';
import { type DataQuery, type QueryOutcome, readModel, refuseQuery } from './data-query';

const Model = z.object({
  query: z.string().default(''),
  queryType: z.string().default('traceql'),
  limit: z.number().optional(),
  spss: z.number().optional(),
  step: z.string().optional(),
  metricsQueryType: z.enum(['instant', 'range']).default('range'),
});
type Model = z.infer<typeof Model>;

const traceId = /^\s*[0-9a-fA-F]{1,32}\s*$/;
const metrics =
  /\|\s*(?:rate|count_over_time|avg_over_time|sum_over_time|max_over_time|min_over_time|quantile_over_time|histogram_over_time|compare)\s*\(/;

/** A trace by its id, what a TraceQL query finds, or the series of a metrics query. */
export async function queryTempo(
  query: DataQuery,
  source: { uid: string; name: string },
  ask: AskApi,
  signal: AbortSignal,
): Promise<QueryOutcome> {
  const model = readModel(Model, query);
  if (typeof model === 'string') return refuseQuery(model);
  if (model.queryType === 'traceId' || (model.queryType === 'traceql' && traceId.test(model.query))) {
    return getTrace(model.query.trim(), ask, signal);
  }
  if (model.queryType !== 'traceql' && model.queryType !== 'traceqlSearch') {
    return refuseQuery(`unsupported query type: '${model.queryType}' for query with refID '${query.refId}'`);
  }
  if (model.query.trim() === '') return refuseQuery('query is required');
  if (metrics.test(model.query)) return getSeries(model, query, ask, signal);
  return asked(
    ask,
    {
      path: '/api/search',
      parameters: { q: model.query, limit: model.limit, spss: model.spss, ...secondsOf(query) },
      signal,
    },
    (body) => [searchFrame(body as SearchAnswer, source)],
  );
}

function getTrace(id: string, ask: AskApi, signal: AbortSignal): Promise<QueryOutcome> {
  if (id === '') return Promise.resolve(refuseQuery('trace id is required'));
  return asked(ask, { path: `/api/traces/${encodeURIComponent(id)}`, parameters: {}, signal }, (body) => [
    traceFrame((body as { batches?: OtlpResourceSpans[] }).batches ?? []),
  ]);
}

function getSeries(model: Model, query: DataQuery, ask: AskApi, signal: AbortSignal): Promise<QueryOutcome> {
  const isInstant = model.metricsQueryType === 'instant';
  const parameters = { q: model.query, step: isInstant ? undefined : model.step, ...secondsOf(query) };
  return asked(ask, { path: `/api/metrics/${isInstant ? 'query' : 'query_range'}`, parameters, signal }, (body) =>
    traceMetricsFrames(body as TraceMetricsAnswer, { query: model.query, ...(isInstant && { at: query.to }) }),
  );
}

async function asked(
  ask: AskApi,
  request: ApiRequest,
  read: (body: unknown) => QueryOutcome['frames'],
): Promise<QueryOutcome> {
  const answer = await ask('tempo', request);
  if (typeof answer === 'string') return { frames: [], status: 502, error: answer, errorSource: 'downstream' };
  if (answer.status === 200) return { frames: read(JSON.parse(answer.body)), status: 200 };
  const said = answer.body.trim() || (answer.status === 404 ? 'trace not found' : `status ${answer.status}`);
  return { frames: [], status: answer.status, error: said, errorSource: 'downstream' };
}

/** A search takes both or neither. */
function secondsOf({ from, to }: DataQuery): { start: number; end: number } {
  const start = Math.floor(from / 1000);
  return { start, end: Math.max(start + 1, Math.ceil(to / 1000)) };
}
