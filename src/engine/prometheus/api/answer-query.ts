import { Pace } from '../../pace/pace';
import { evaluateInstant } from '../promql/evaluate-instant';
import { evaluateRange } from '../promql/evaluate-range';
import type { QueryNotes, QueryRequest } from '../promql/evaluation/query-request';
import { parsePromql } from '../promql/parse-promql';
import { catchFailure, type PromqlError } from '../promql/terms/promql-error';
import type { SampleSource } from '../promql/terms/sample-source';
import { type ApiAnswer, type ApiError, badParameter, isApiError } from './api-answer';
import { statsJson } from './query-stats';
import { durationParameter, limitParameter, timeParameter } from './read-parameters';
import { renderInstant, renderMatrix } from './render-result';

/** Prometheus' default of `--query.timeout`. */
const TIMEOUT_MS = 120_000;
const MAX_POINTS = 11_000;

export interface QueryContext {
  readonly source: SampleSource;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
}

export async function answerInstantQuery(context: QueryContext, parameters: URLSearchParams): Promise<ApiAnswer> {
  const limit = limitParameter(parameters);
  if (isApiError(limit)) return limit;
  const time = timeParameter(parameters, 'time', context.now());
  if (isApiError(time)) return time;
  const request = await readRequest(context, parameters);
  if (isApiError(request)) return request;

  const answer = await evaluateInstant({ ...request, timeMs: time.value });
  if ('error' in answer) return queryError(answer.error);
  const { result } = answer;
  if (result.type === 'vector') {
    const { items, warnings } = truncate(result.samples, limit.value, answer.warnings);
    const shown = { ...result, samples: items };
    return await toAnswer(request, parameters, { ...answer, warnings }, (pace) =>
      renderInstant(shown, time.value, pace),
    );
  }
  if (result.type === 'matrix') {
    const { items, warnings } = truncate(result.series, limit.value, answer.warnings);
    return await toAnswer(request, parameters, { ...answer, warnings }, (pace) => renderMatrix(items, pace));
  }
  return await toAnswer(request, parameters, answer, (pace) => renderInstant(result, time.value, pace));
}

export async function answerRangeQuery(context: QueryContext, parameters: URLSearchParams): Promise<ApiAnswer> {
  const limit = limitParameter(parameters);
  if (isApiError(limit)) return limit;
  const grid = readGrid(parameters);
  if (isApiError(grid)) return grid;
  const request = await readRequest(context, parameters);
  if (isApiError(request)) return request;

  const answer = await evaluateRange({ ...request, ...grid });
  if ('error' in answer) return queryError(answer.error);
  const { items, warnings } = truncate(answer.matrix, limit.value, answer.warnings);
  return await toAnswer(request, parameters, { ...answer, warnings }, (pace) => renderMatrix(items, pace));
}

function readGrid(parameters: URLSearchParams): { startMs: number; endMs: number; stepMs: number } | ApiError {
  const start = timeParameter(parameters, 'start');
  if (isApiError(start)) return start;
  const end = timeParameter(parameters, 'end');
  if (isApiError(end)) return end;
  if (end.value < start.value) return badParameter('end', 'end timestamp must not be before start time');
  const step = durationParameter(parameters, 'step');
  if (isApiError(step)) return step;
  if (step.value === undefined) return badParameter('step', 'cannot parse "" to a valid duration');
  // Below a millisecond there are no steps: Prometheus rounds down, and would not come to an end.
  const stepMs = Math.trunc(step.value);
  if (stepMs <= 0) {
    return badParameter(
      'step',
      'zero or negative query resolution step widths are not accepted. Try a positive integer',
    );
  }
  if (Math.floor((end.value - start.value) / stepMs) > MAX_POINTS) {
    const error =
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)';
    return { errorType: 'bad_data', error };
  }
  return { startMs: start.value, endMs: end.value, stepMs };
}

async function readRequest(
  { source, signal }: QueryContext,
  parameters: URLSearchParams,
): Promise<QueryRequest | ApiError> {
  const timeout = durationParameter(parameters, 'timeout');
  if (isApiError(timeout)) return timeout;
  const lookback = durationParameter(parameters, 'lookback_delta');
  if (isApiError(lookback)) {
    return { errorType: 'bad_data', error: `error parsing lookback delta duration: ${lookback.error}` };
  }
  const timeoutMs = Math.min(Math.max(timeout.value ?? TIMEOUT_MS, 0), TIMEOUT_MS);
  const ends = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const query = parameters.get('query') ?? '';
  const parsed = await catchFailure(() => parsePromql(query, new Pace(ends)), ends);
  if ('error' in parsed) return queryError(parsed.error);
  return { ast: parsed.ast, query, source, lookbackMs: lookback.value || undefined, signal: ends };
}

/** `data` and the notes beside it; rendering keeps to the query's time as the evaluation does. */
async function toAnswer(
  { signal }: QueryRequest,
  parameters: URLSearchParams,
  { warnings, infos, stats }: QueryNotes,
  render: (pace: Pace) => Promise<readonly string[]>,
): Promise<ApiAnswer> {
  const rendered = await catchFailure(async () => ({ pieces: await render(new Pace(signal)) }), signal);
  if ('error' in rendered) return queryError(rendered.error);
  const wanted = (parameters.get('stats') ?? '') === '' ? '' : `,"stats":${statsJson(stats)}`;
  return { json: ['{', ...rendered.pieces, `${wanted}}`], warnings, infos };
}

function queryError({ kind, message }: PromqlError): ApiError {
  if (kind === 'bad-data') return badParameter('query', message);
  return { errorType: kind === 'unsupported' ? 'execution' : kind, error: message };
}

function truncate<Item>(
  items: readonly Item[],
  limit: number,
  warnings: readonly string[],
): { items: readonly Item[]; warnings: readonly string[] } {
  if (items.length <= limit) return { items, warnings };
  return { items: items.slice(0, limit), warnings: [...warnings, 'results truncated due to limit'] };
}
