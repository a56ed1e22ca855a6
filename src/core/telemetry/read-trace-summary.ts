import type { TraceSummary } from '../../shared/contract/telemetry';
import { type OtlpKeyValue, readOtlpAttributes } from './read-otlp-attributes';
import { isNil } from './request/is-nil';

/** A trace in the answer of Tempo's search; zero values are left out. */
export interface TempoTrace {
  traceID: string;
  rootServiceName?: string;
  rootTraceName?: string;
  startTimeUnixNano?: string;
  durationMs?: number;
  spanSets?: SpanSet[];
  spanSet?: SpanSet;
  serviceStats?: Record<string, { spanCount?: number; errorCount?: number }>;
}

/** A span in that answer. */
interface TempoSpan {
  spanID?: string;
  name?: string;
  startTimeUnixNano?: string;
  durationNanos?: string;
  attributes?: OtlpKeyValue[];
}

interface SpanSet {
  matched?: number;
  spans?: TempoSpan[];
}

/** Tempo's own words for a trace whose root span has not come. */
const noRoot = '<root span not yet received>';

/** Tempo strips leading zeros of trace ids. */
export function fullTraceId(id: string): string {
  return id.toLowerCase().padStart(32, '0');
}

/** `writesNil`: of an attribute that a span has not the answer has the word. */
export function readTraceSummary(trace: TempoTrace, writesNil: boolean): TraceSummary {
  const services = Object.entries(trace.serviceStats ?? {}).map(([name, stats]) => ({
    name,
    spans: stats.spanCount ?? 0,
    errors: stats.errorCount ?? 0,
  }));
  const rooted = trace.rootServiceName !== noRoot;
  const spanSets = trace.spanSets ?? (trace.spanSet ? [trace.spanSet] : []);
  const matched = spanSets[0]?.matched ?? 0;
  const selected = readSelected(spanSets, writesNil);
  return {
    traceId: fullTraceId(trace.traceID),
    rootService: rooted ? (trace.rootServiceName ?? '') : '',
    rootName: rooted ? (trace.rootTraceName ?? '') : '',
    startNs: trace.startTimeUnixNano ?? '0',
    durationNs: (trace.durationMs ?? 0) * 1e6,
    spanCount: services.length > 0 ? services.reduce((sum, service) => sum + service.spans, 0) : matched,
    errorCount: services.reduce((sum, service) => sum + service.errors, 0),
    services,
    ...(selected && { selected }),
  };
}

/** Come with the matched spans where the query names them, and say nothing that the trace does not tell. */
const told = ['service.name', 'status', 'name', 'kind', 'duration', 'rootName', 'rootServiceName', 'traceDuration'];

/** The attributes that come with the matched spans, each with its distinct values; null where there are none. */
function readSelected(spanSets: readonly SpanSet[], writesNil: boolean): Record<string, string> | null {
  const values = new Map<string, Set<string>>();
  for (const { key, value } of spanSets.flatMap(({ spans = [] }) =>
    spans.flatMap((span) => readOtlpAttributes(span.attributes)),
  )) {
    if (told.includes(key) || (writesNil && isNil(value))) continue;
    values.set(key, (values.get(key) ?? new Set()).add(typeof value === 'string' ? value : JSON.stringify(value)));
  }
  if (values.size === 0) return null;
  return Object.fromEntries([...values].map(([key, distinct]) => [key, [...distinct].join(', ')]));
}
