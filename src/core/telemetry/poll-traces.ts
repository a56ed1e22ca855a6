import { setTimeout as sleep } from 'node:timers/promises';
import type { TimeWindow, TraceSummary } from '../../shared/contract/telemetry';
import type { TraceTailBatch } from './trace-tail-batch';

type Search = (window: TimeWindow, limit: number) => Promise<{ traces: TraceSummary[] }>;

/** A trace that began earlier than this is not looked at again. */
const windowMs = 60_000;
const limit = 200;

/** A tail for a backend without one: the traces that are new, or grew, since the last look; what was there before is not told. */
export async function* pollTraces(
  search: Search,
  signal: AbortSignal,
  { everyMs = 1_000, now = Date.now } = {},
): AsyncGenerator<TraceTailBatch> {
  let seen: Map<string, string> | null = null;
  while (!signal.aborted) {
    const to = now();
    const { traces } = await search({ from: to - windowMs, to: to + 1_000 }, limit);
    const found = new Map(traces.map((trace) => [trace.traceId, `${trace.spanCount} ${trace.durationNs}`]));
    const changed = traces.filter(({ traceId }) => seen && seen.get(traceId) !== found.get(traceId));
    if (!seen) yield { traces: [], dropped: 0, opened: true };
    seen = found;
    if (changed.length > 0) yield { traces: changed, dropped: 0 };
    await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
}
