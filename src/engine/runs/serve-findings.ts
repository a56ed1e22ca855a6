import type { Hono } from 'hono';
import type { StoreReader } from '../store/reader/reader';
import { FollowedWindows } from './live/followed-windows';
import { readRunRequest } from './read-run-request';
import { summarizeRun } from './summarize-run';

/** A window that ends so long ago at most goes on with the time. */
const LIVE_MS = 30_000;

/**
 * `GET /watchtower/findings?start=MS&end=MS`: `{findings, leftOut}` of everything that began within the time. Of a window that ends
 * now, what is asked again later with the same length costs what has come meanwhile, not the whole window.
 */
export function serveFindings(app: Hono, reader: StoreReader, now: () => number = Date.now): void {
  const windows = new FollowedWindows(reader);
  app.get('/watchtower/findings', async (context) => {
    const request = readRunRequest(context.req.query());
    if (typeof request === 'string') return context.text(`${request}\n`, 400);
    const { signal } = context.req.raw;
    const { range, runId } = request;
    const isLive = range !== null && runId === null && range.endNs >= BigInt(now() - LIVE_MS) * 1_000_000n;
    const { findings, leftOut } = isLive
      ? await windows.findings(range, signal)
      : await summarizeRun(reader, request, signal);
    return context.json({ findings, leftOut });
  });
}
