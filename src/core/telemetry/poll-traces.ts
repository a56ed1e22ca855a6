import type { TimeWindow, TraceSummary } from '../../shared/contract/telemetry';
import { type PollOptions, pollBackend } from './poll-backend';
import type { TraceTailBatch } from './trace-tail-batch';

type Search = (window: TimeWindow, limit: number) => Promise<{ traces: TraceSummary[] }>;

/** A trace that began earlier than this is not looked at again. */
const windowMs = 60_000;
const limit = 200;

/** A tail for a backend without one: the traces that are new, or grew, since the last look; what was there before is not told. */
export async function* pollTraces(
  search: Search,
  signal: AbortSignal,
  { everyMs = 1_000, now = Date.now, end = () => false }: PollOptions = {},
): AsyncGenerator<TraceTailBatch> {
  let seen: Map<string, string> | null = null;
  let lastLook = 0;
  const look = async (): Promise<TraceTailBatch[]> => {
    const to = now();
    const { traces } = await search({ from: to - windowMs, to: to + 1_000 }, limit);
    const found = new Map(traces.map((trace) => [trace.traceId, `${trace.spanCount} ${trace.durationNs}`]));
    // After a long silence of the backend there is more that was not looked at than one look shows.
    const opened = seen === null || to - lastLook > windowMs;
    const changed = traces.filter(({ traceId }) => seen && seen.get(traceId) !== found.get(traceId));
    seen = found;
    lastLook = to;
    return [
      ...(opened ? [{ traces: [], dropped: 0, opened: true as const }] : []),
      ...(changed.length > 0 ? [{ traces: changed, dropped: 0 }] : []),
    ];
  };
  yield* pollBackend(look, signal, { everyMs, end });
}
