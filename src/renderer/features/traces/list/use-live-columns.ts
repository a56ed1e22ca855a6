import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { TraceSummary } from '../../../../shared/contract/telemetry';
import { client } from '../../../client/contract-client';
import { nanosToMillis } from '../../../client/format-time';

const everyMs = 1000;
/** Rows that are asked for at a time, the newest. */
const most = 200;
/** Answers that are kept, the newest. */
const mostKept = 5000;

type Selected = TraceSummary['selected'];

/** Of a trace: what it had with so many spans. One that has grown since is asked for again. */
interface Known {
  spans: number;
  selected: Selected;
}

/** Traces of a live tail, which tells no attributes, with those that `query` selects: asked for while some are not known. */
export function useLiveColumns(
  traces: readonly TraceSummary[],
  query: string,
  enabled: boolean,
): readonly TraceSummary[] {
  const queries = useQueryClient();
  const queryKey = ['trace-columns', query];
  const known = useQuery<ReadonlyMap<string, Known>>({
    queryKey,
    enabled: (each) => enabled && unknown(traces, each.state.data).length > 0,
    refetchInterval: everyMs,
    staleTime: everyMs,
    retry: false,
    queryFn: async ({ signal }) => {
      const before = queries.getQueryData<ReadonlyMap<string, Known>>(queryKey) ?? new Map<string, Known>();
      const asked = unknown(traces, before);
      if (asked.length === 0) return before;
      const starts = asked.map(({ startNs }) => nanosToMillis(startNs));
      const window = { from: Math.min(...starts) - 1000, to: Math.max(...starts) + 1000 };
      const answer = await client.traces.search({ query, window, limit: most }, { signal });
      const found = new Map(answer.traces.map(({ traceId, selected }) => [traceId, selected]));
      // One that is not in the answer has none of them, or does not match: asking again brings nothing else.
      const now = asked.map(({ traceId, spanCount }): [string, Known] => [
        traceId,
        { spans: spanCount, selected: found.get(traceId) },
      ]);
      return new Map([...before, ...now].slice(-mostKept));
    },
  });
  if (!enabled || !known.data) return traces;
  return traces.map((trace) => {
    const selected = trace.selected ?? known.data.get(trace.traceId)?.selected;
    return selected ? { ...trace, selected } : trace;
  });
}

function unknown(traces: readonly TraceSummary[], known: ReadonlyMap<string, Known> | undefined) {
  return traces
    .slice(0, most)
    .filter(({ traceId, spanCount, selected }) => !selected && known?.get(traceId)?.spans !== spanCount);
}
