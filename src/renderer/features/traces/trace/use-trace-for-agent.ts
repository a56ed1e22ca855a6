import { useMemo } from 'react';
import type { LogRecord, Trace } from '../../../../shared/contract/telemetry';
import { describeTraceForAgent } from '../../../../shared/trace/describe-trace-for-agent';
import { findCriticalPath } from '../../../../shared/trace/find-critical-path';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { traceLink } from './trace-link';

/** Makes the trace's short text for a coding agent when it is asked for. */
export function useTraceForAgent(trace: Trace, layout: TraceLayout, logs: readonly LogRecord[]): () => string {
  return useMemo(
    () => () =>
      describeTraceForAgent({
        trace,
        layout,
        critical: findCriticalPath(layout),
        logs,
        link: traceLink(trace.traceId),
      }),
    [trace, layout, logs],
  );
}
