import { Hono } from 'hono';
import { printFault, type ReportFault } from '../faults/report-fault';
import type { QueryApi } from '../http/query-api';
import { refuseWrongMethod } from '../http/refuse-wrong-method';
import type { StoreReader } from '../store/reader/reader';
import { AnswerTooLarge } from './answers/answer-too-large';
import { serveMetrics } from './metrics/serve-metrics';
import { serveSearch } from './search/serve-search';
import { serveServices } from './services/serve-services';
import { serveTags } from './tags/serve-tags';
import { serveTail } from './tail/serve-tail';
import { serveTraceDiff } from './traces/serve-trace-diff';
import { serveTraces } from './traces/serve-traces';

/** Tempo's HTTP API over the store. `now` gives Unix milliseconds. */
export function createTempoApi(
  reader: StoreReader,
  now: () => number = Date.now,
  reportFault: ReportFault = printFault,
): QueryApi {
  const app = new Hono();
  app.get('/ready', (context) => context.text('ready\n'));
  app.get('/status', (context) => context.text('embedded engine: running\n'));
  app.get('/api/echo', (context) => context.text('echo'));
  app.get('/api/status/buildinfo', (context) =>
    context.json({
      version: '2.9.0',
      revision: 'embedded',
      branch: 'main',
      buildUser: '',
      buildDate: '',
      goVersion: '',
    }),
  );
  serveSearch(app, reader, now);
  // Before the route of a trace by its id.
  serveTraceDiff(app, reader);
  serveTraces(app, reader);
  serveTags(app, reader);
  serveMetrics(app, reader, now);
  serveServices(app, reader);
  refuseWrongMethod(app);
  app.onError((error, context) => {
    // The client left, or its time is over: the reason is whatever aborted the signal.
    if (error.name === 'AbortError' || context.req.raw.signal.aborted)
      return context.text('the request was cancelled', 499 as 400);
    if (error instanceof AnswerTooLarge) return context.text(error.message, 422);
    reportFault(`tempo ${context.req.method} ${context.req.path}`, error);
    return context.text(error.message, 500);
  });
  return { app, sockets: { '/api/tail': serveTail(reader, reportFault) } };
}
