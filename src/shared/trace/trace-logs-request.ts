import type { TimeWindow } from '../contract/telemetry';
import type { TraceLayout } from './layout-trace';

const marginMs = 60_000;
/** Lines that are asked for: of more there are the first. */
export const mostTraceLogs = 2000;

/** What asks for all log lines of a trace, oldest first; a line filter would not see the id, it is structured metadata. */
export function traceLogsRequest(
  traceId: string,
  { startNs, duration }: Pick<TraceLayout, 'startNs' | 'duration'>,
): { query: string; window: TimeWindow; limit: number; direction: 'forward' } {
  const start = Number(BigInt(startNs) / 1_000_000n);
  return {
    query: `{service_name=~".+"} | trace_id="${traceId.replace(/[^0-9a-f]/gi, '')}"`,
    window: { from: start - marginMs, to: start + Math.ceil(duration / 1e6) + marginMs },
    limit: mostTraceLogs,
    direction: 'forward',
  };
}
