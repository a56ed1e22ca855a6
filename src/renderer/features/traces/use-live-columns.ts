import { useQuery } from '@tanstack/react-query';
import type { TraceSummary } from '../../../shared/contract/telemetry';
import { client } from '../../client/contract-client';
import { nanosToMillis } from '../../client/format-time';

const everyMs = 2000;
/** Rows that are asked for at a time, the newest. */
const most = 200;

/** Traces of a live tail, which tells no attributes, with those that `query` selects: asked for while some have none. */
export function useLiveColumns(
  traces: readonly TraceSummary[],
  query: string,
  enabled: boolean,
): readonly TraceSummary[] {
  const newest = traces.slice(0, most);
  const missing = enabled ? newest.filter(({ selected }) => !selected) : [];
  const found = useQuery({
    queryKey: ['trace-columns', query],
    enabled: missing.length > 0,
    refetchInterval: everyMs,
    retry: false,
    queryFn: async ({ signal }) => {
      const starts = newest.map(({ startNs }) => nanosToMillis(startNs));
      const window = { from: Math.min(...starts) - 1000, to: Date.now() + 1000 };
      const answer = await client.traces.search({ query, window, limit: most }, { signal });
      return new Map(answer.traces.map(({ traceId, selected }) => [traceId, selected]));
    },
  });
  if (!enabled || !found.data) return traces;
  return traces.map((trace) => {
    const selected = trace.selected ?? found.data.get(trace.traceId);
    return selected ? { ...trace, selected } : trace;
  });
}
