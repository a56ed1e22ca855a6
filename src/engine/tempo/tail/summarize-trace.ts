import type { TraceSummary } from '../../../shared/contract/telemetry';
import { type LoadedTrace, serviceOf } from '../store/loaded-trace';
import { formatTraceId } from '../store/trace-id';

/** A trace as far as it has come, in one line. */
export function summarizeTrace(trace: LoadedTrace): TraceSummary {
  const services = new Map<string, { name: string; spans: number; errors: number }>();
  let errorCount = 0;
  for (const span of trace.spans) {
    const name = serviceOf(span);
    const service = services.get(name) ?? { name, spans: 0, errors: 0 };
    services.set(name, service);
    service.spans++;
    if (span.status === 2) {
      service.errors++;
      errorCount++;
    }
  }
  return {
    traceId: formatTraceId(trace),
    rootService: trace.root ? serviceOf(trace.root) : '',
    rootName: trace.root?.name ?? '',
    startNs: trace.startNs.toString(),
    durationNs: trace.durationNs,
    spanCount: trace.spans.length,
    errorCount,
    services: [...services.values()],
  };
}
