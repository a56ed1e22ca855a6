import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LogRecord } from '../../../shared/contract/telemetry';
import { client } from '../../client/contract-client';
import { nanosBetween, nanosToMillis } from '../../client/format-time';
import type { TraceLayout } from './layout-trace';

const marginMs = 60_000;
const limit = 2000;
const none: readonly LogRecord[] = [];

/** The log lines that carry the trace's id, oldest first, and their offsets by span for the waterfall. */
export function useTraceLogs(traceId: string, layout: TraceLayout | null) {
  const query = traceLogsQuery(traceId);
  const found = useQuery({
    queryKey: ['trace.logs', traceId, layout?.startNs, layout?.duration],
    queryFn: ({ signal }) => {
      const start = nanosToMillis(layout!.startNs);
      const window = { from: start - marginMs, to: start + Math.ceil(layout!.duration / 1e6) + marginMs };
      return client.logs.query({ query, window, limit, direction: 'forward' }, { signal });
    },
    enabled: layout !== null,
  });
  const logs = found.data?.records ?? none;
  const bySpan = useMemo(() => {
    const offsets = new Map<string, number[]>();
    for (const { spanId, timeNs } of logs) {
      if (spanId === undefined || !layout) continue;
      const offset = nanosBetween(layout.startNs, timeNs);
      const list = offsets.get(spanId);
      if (list) list.push(offset);
      else offsets.set(spanId, [offset]);
    }
    return offsets;
  }, [logs, layout]);
  return { logs, bySpan, loading: found.isLoading };
}

/** LogQL for all lines of a trace; a line filter would not see the id, it is structured metadata. */
function traceLogsQuery(traceId: string): string {
  return `{service_name=~".+"} | trace_id="${traceId.replace(/[^0-9a-f]/gi, '')}"`;
}
