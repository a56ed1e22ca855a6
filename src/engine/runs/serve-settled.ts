import type { Hono } from 'hono';
import type { Barrier } from './barrier';

const DEFAULT_TIMEOUT_MS = 10_000;
/** Below what any answer of the API may take. */
const MAX_TIMEOUT_MS = 55_000;

/** What is visible once the barrier has answered, and what follows from it later by itself. */
const VISIBLE = ['traces', 'logs', 'metrics'];
const LATER = ['metrics derived from spans: up to 10 s', 'live tails: told after the commit'];

/**
 * `GET /watchtower/settled?timeout=MS` answers `{settled: true, waitedMs, visible, later}` when everything that was acknowledged
 * before the request is visible to the three query APIs, deltas as running totals among it; it does not wait for what comes later.
 * 503 with `{settled: false, waitedMs, reason}` when that takes longer.
 */
export function serveSettled(app: Hono, barrier: Barrier): void {
  app.get('/watchtower/settled', async (context) => {
    const { timeout = String(DEFAULT_TIMEOUT_MS) } = context.req.query();
    const timeoutMs = /^\d{1,6}$/.test(timeout) ? Number(timeout) : 0;
    if (timeoutMs < 1 || timeoutMs > MAX_TIMEOUT_MS)
      return context.text(`timeout is a number of milliseconds from 1 to ${MAX_TIMEOUT_MS}\n`, 400);
    const began = performance.now();
    const waitedMs = () => Math.round(performance.now() - began);
    const late = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([late, context.req.raw.signal]);
    let reason = 'The receiver did not say how much it has acknowledged.';
    try {
      const end = await barrier.journalEnd(signal);
      await barrier.applied(end, signal).catch((error: unknown) => {
        reason = barrier.behind(end);
        throw error;
      });
      return context.json({ settled: true, waitedMs: waitedMs(), visible: VISIBLE, later: LATER });
    } catch (error) {
      if (!late.aborted || context.req.raw.signal.aborted) throw error;
      return context.json({ settled: false, waitedMs: waitedMs(), reason }, 503);
    }
  });
}
