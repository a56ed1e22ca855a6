import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LogRecord } from '../../../../shared/contract/telemetry';
import { nanosBetween } from '../../../../shared/nanos-between';
import type { ClockOffsets } from '../../../../shared/trace/correct-clocks';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { traceLogsRequest } from '../../../../shared/trace/trace-logs-request';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { useHostStatus } from '../../../client/use-host-status';
import { whyNotAnswered } from '../../../page/why-not-answered';

const none: readonly LogRecord[] = [];

interface ShownAs {
  /** Where the time axis of the waterfall begins, Unix nanoseconds. */
  readonly startNs: string;
  /** By which clocks are corrected there. */
  readonly offsets: ClockOffsets;
}

/** The log lines that carry the trace's id, oldest first, and their offsets by span for the waterfall. `layout`: as it was sent. */
export function useTraceLogs(traceId: string, layout: TraceLayout | null, { startNs, offsets: clocks }: ShownAs) {
  const status = useHostStatus();
  const without = status && whyNotAnswered(status, 'logs');
  const found = useQuery({
    queryKey: ['trace.logs', traceId, layout?.startNs, layout?.duration],
    queryFn: ({ signal }) => client.logs.query(traceLogsRequest(traceId, layout!), { signal }),
    enabled: layout !== null && without === null,
  });
  const logs = found.data?.records ?? none;
  const bySpan = useMemo(() => {
    const offsets = new Map<string, number[]>();
    for (const { spanId, timeNs, service } of logs) {
      if (spanId === undefined) continue;
      const offset = nanosBetween(startNs, timeNs) - (clocks.get(service) ?? 0);
      const list = offsets.get(spanId);
      if (list) list.push(offset);
      else offsets.set(spanId, [offset]);
    }
    return offsets;
  }, [logs, startNs, clocks]);
  return { logs, bySpan, without, loading: found.isLoading, problem: found.error && describeError(found.error) };
}
