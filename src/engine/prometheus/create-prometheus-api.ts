import { Hono } from 'hono';
import { printFault, type ReportFault } from '../faults/report-fault';
import type { QueryApi, RefusalStatus } from '../http/query-api';
import type { StoreReader } from '../store/reader';
import { answerExemplars } from './api/answer-exemplars';
import { answerMetadata } from './api/answer-metadata';
import { answerInstantQuery, answerRangeQuery } from './api/answer-query';
import { answerLabelNames, answerLabelValues, answerSeries } from './api/answer-series';
import { type ApiAnswer, answerData, toResponse } from './api/api-answer';
import { readParameters } from './api/read-parameters';
import { createStoreSampleSource } from './store-sample-source';

/** The Prometheus release whose API and PromQL rules are followed: clients choose their requests by it. */
const API_VERSION = '3.0.0';

/** Longer than the default of a query's own `timeout`, which answers in Prometheus' words. */
const DEADLINE_MS = 125_000;

type Answer = (parameters: URLSearchParams, signal: AbortSignal) => Promise<ApiAnswer>;

/** The Prometheus HTTP API (GET and form POST) over the store. */
export function createPrometheusApi(
  reader: StoreReader,
  now: () => number = Date.now,
  reportFault: ReportFault = printFault,
): QueryApi {
  const app = new Hono();
  const source = createStoreSampleSource(reader);
  const route = (path: string, answer: Answer) =>
    app.on(['GET', 'POST'], path, async (context) =>
      toResponse(await answer(await readParameters(context), context.req.raw.signal)),
    );

  route('/api/v1/query', (parameters, signal) => answerInstantQuery({ source, now, signal }, parameters));
  route('/api/v1/query_range', (parameters, signal) => answerRangeQuery({ source, now, signal }, parameters));
  route('/api/v1/query_exemplars', (parameters) => answerExemplars(reader, parameters));
  route('/api/v1/series', (parameters) => answerSeries(reader, parameters));
  route('/api/v1/labels', (parameters) => answerLabelNames(reader, parameters));
  app.get('/api/v1/label/:name/values', async (context) =>
    toResponse(await answerLabelValues(reader, context.req.param('name'), await readParameters(context))),
  );
  app.get('/api/v1/metadata', async (context) =>
    toResponse(await answerMetadata(reader, await readParameters(context))),
  );
  app.get('/api/v1/status/buildinfo', () => toResponse(answerData(buildInfo)));
  app.get('/-/ready', (context) => context.text('Watchtower is Ready.\n'));
  app.get('/-/healthy', (context) => context.text('Watchtower is Healthy.\n'));
  app.notFound((context) => context.text('404 page not found\n', 404));
  app.onError((error, context) => {
    if (!context.req.raw.signal.aborted) reportFault(`prometheus ${context.req.method} ${context.req.path}`, error);
    return toResponse({ errorType: 'internal', error: error.message });
  });
  return { app, deadlineMs: DEADLINE_MS, refuse };
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
