import type { TraceSummary } from '../../shared/contract/telemetry';

/** A trace in the answer of Tempo's search; zero values are left out. */
export interface TempoTrace {
  traceID: string;
  rootServiceName?: string;
  rootTraceName?: string;
  startTimeUnixNano?: string;
  durationMs?: number;
  spanSets?: { matched?: number; spans?: unknown[] }[];
  spanSet?: { matched?: number; spans?: unknown[] };
  serviceStats?: Record<string, { spanCount?: number; errorCount?: number }>;
}

/** Tempo's own words for a trace whose root span has not come. */
const noRoot = '<root span not yet received>';

/** Tempo strips leading zeros of trace ids. */
export function fullTraceId(id: string): string {
  return id.toLowerCase().padStart(32, '0');
}

export function readTraceSummary(trace: TempoTrace): TraceSummary {
  const services = Object.entries(trace.serviceStats ?? {}).map(([name, stats]) => ({
    name,
    spans: stats.spanCount ?? 0,
    errors: stats.errorCount ?? 0,
  }));
  const rooted = trace.rootServiceName !== noRoot;
  const matched = trace.spanSets?.[0]?.matched ?? trace.spanSet?.matched ?? 0;
  return {
    traceId: fullTraceId(trace.traceID),
    rootService: rooted ? (trace.rootServiceName ?? '') : '',
    rootName: rooted ? (trace.rootTraceName ?? '') : '',
    startNs: trace.startTimeUnixNano ?? '0',
    durationNs: (trace.durationMs ?? 0) * 1e6,
    spanCount: services.length > 0 ? services.reduce((sum, service) => sum + service.spans, 0) : matched,
    errorCount: services.reduce((sum, service) => sum + service.errors, 0),
    services,
  };
}
