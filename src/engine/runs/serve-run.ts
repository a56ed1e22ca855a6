import type { Hono } from 'hono';
import type { StoreReader } from '../store/reader/reader';
import { readRunRequest } from './read-run-request';
import { summarizeRun } from './summarize-run';

/**
 * `GET /watchtower/run?id=RUN&outside=SPAN,…&start=MS&end=MS`: the `RunTelemetry` of a run without its metrics; without an id, of
 * everything that began within the time. `outside`: spans that are no part of the run, such as its own.
 */
export function serveRun(app: Hono, reader: StoreReader): void {
  app.get('/watchtower/run', async (context) => {
    const request = readRunRequest(context.req.query());
    if (typeof request === 'string') return context.text(`${request}\n`, 400);
    return context.json(await summarizeRun(reader, request, context.req.raw.signal));
  });
}
