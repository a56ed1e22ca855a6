import { type Context, Hono } from 'hono';
import { printFault, type ReportFault } from '../faults/report-fault';
import type { QueryApi, RefusalStatus } from '../http/query-api';
import { refuseWrongMethod } from '../http/refuse-wrong-method';
import type { StoreReader } from '../store/reader/reader';
import { answerExemplars } from './api/answer-exemplars';
import { answerMetadata } from './api/answer-metadata';
import { answerInstantQuery, answerRangeQuery } from './api/answer-query';
import { answerLabelNames, answerLabelValues, answerSeries } from './api/answer-series';
import { type ApiAnswer, answerData, toResponse } from './api/api-answer';
import { readParameters } from './api/read-parameters';
import { unescapeName } from './api/unescape-name';
import { catchFailure } from './promql/terms/promql-error';
import { createStoreSampleSource } from './selection/store-sample-source';

/** The Prometheus release whose API and PromQL rules are followed: clients choose their requests by it. */
const API_VERSION = '3.14.0';

/** Longer than the default of a query's own `timeout`, which answers in Prometheus' words. */
const DEADLINE_MS = 125_000;

const NO_FEDERATION =
  '/federate is not in the embedded engine: read the series with /api/v1/query?query={__name__=~".+"}, or use the docker backend, whose Prometheus federates\n';

/** `name` is the part of the path that the route leaves open. */
type Answer = (parameters: URLSearchParams, signal: AbortSignal, name: string) => Promise<ApiAnswer>;

/** The Prometheus HTTP API (GET and form POST) over the store. */
export function createPrometheusApi(
  reader: StoreReader,
  now: () => number = Date.now,
  reportFault: ReportFault = printFault,
): QueryApi {
  const app = new Hono();
  const source = createStoreSampleSource(reader);
  const route = (methods: readonly string[], path: string, answer: Answer) => {
    app.on([...methods], path, async (context) =>
      toResponse(await answerOrEnd(answer, context, await readParameters(context))),
    );
  };
  const forms = ['GET', 'POST'];
  const links = ['GET'];

  route(forms, '/api/v1/query', (parameters, signal) => answerInstantQuery({ source, now, signal }, parameters));
  route(forms, '/api/v1/query_range', (parameters, signal) => answerRangeQuery({ source, now, signal }, parameters));
  route(forms, '/api/v1/query_exemplars', (parameters, signal) => answerExemplars(reader, parameters, signal));
  route(forms, '/api/v1/series', (parameters, signal) => answerSeries(reader, parameters, signal));
  route(forms, '/api/v1/labels', (parameters, signal) => answerLabelNames(reader, parameters, signal));
  route(links, '/api/v1/label/:name/values', (parameters, signal, name) =>
    answerLabelValues(reader, unescapeName(name), parameters, signal),
  );
  route(links, '/api/v1/metadata', (parameters, signal) => answerMetadata(reader, parameters, signal));
  route(links, '/api/v1/status/buildinfo', async () => answerData(buildInfo));
  app.get('/-/ready', (context) => context.text('Watchtower is Ready.\n'));
  app.get('/-/healthy', (context) => context.text('Watchtower is Healthy.\n'));
  app.get('/federate', (context) => context.text(NO_FEDERATION, 501));
  refuseWrongMethod(app);
  app.onError((error, context) => {
    if (!context.req.raw.signal.aborted) reportFault(`prometheus ${context.req.method} ${context.req.path}`, error);
    return toResponse({ errorType: 'internal', error: error.message });
  });
  return { app, deadlineMs: DEADLINE_MS, refuse };
}

/** A pause that finds the request's signal aborted ends the answer, whichever route it is. */
async function answerOrEnd(answer: Answer, context: Context, parameters: URLSearchParams): Promise<ApiAnswer> {
  const name = context.req.param('name') ?? '';
  const { signal } = context.req.raw;
  const answered = await catchFailure(() => answer(parameters, signal, name), signal);
  if (!('error' in answered) || 'errorType' in answered) return answered as ApiAnswer;
  const { kind, message } = answered.error;
  return { errorType: kind === 'timeout' || kind === 'canceled' ? kind : 'execution', error: message };
}

function refuse(status: RefusalStatus, error: string): Response {
  const errorType = status === 413 ? 'bad_data' : 'timeout';
  return new Response(JSON.stringify({ status: 'error', errorType, error }), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

const buildInfo = {
  application: 'Watchtower',
  version: API_VERSION,
  revision: '',
  branch: '',
  buildUser: '',
  buildDate: '',
  goVersion: '',
};
