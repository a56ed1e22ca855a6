import type { LoadedSpan, LoadedTrace } from '../store/loaded-trace';
import { serviceOf } from '../store/loaded-trace';
import { formatSpanId, formatTraceId } from '../store/trace-id';
import type { Field, Query } from '../traceql/ast';
import { fieldValues } from '../traceql/evaluate-field';
import type { Spanset } from '../traceql/evaluate-pipeline';
import { formatStatic, type Static } from '../traceql/static-value';
import { stageFields } from './candidate-condition';
import type { FoundTrace, SearchResult } from './find-traces';

/** The body of `/api/search`. `spansPerSpanset` 0 means Tempo's default, 3. */
export function encodeSearch(result: SearchResult, query: Query, spansPerSpanset: number): object {
  const fields = shownFields(query);
  const traces = result.traces.map((found) => encodeTrace(found, fields, spansPerSpanset || 3));
  const metrics = {
    ...(result.inspectedTraces > 0 ? { inspectedTraces: result.inspectedTraces } : {}),
    ...(result.inspectedSpans > 0 ? { inspectedSpans: String(result.inspectedSpans) } : {}),
    completedJobs: 1,
    totalJobs: 1,
  };
  return { traces, metrics };
}

function encodeTrace({ trace, spansets }: FoundTrace, fields: readonly Field[], limit: number): object {
  const sets = spansets.map((spanset) => encodeSpanset(spanset, trace, fields, limit));
  const durationMs = Math.floor(trace.durationNs / 1e6);
  return {
    traceID: formatTraceId(trace).replace(/^0+/, ''),
    rootServiceName: trace.root ? serviceOf(trace.root) : '<root span not yet received>',
    ...(trace.root?.name ? { rootTraceName: trace.root.name } : {}),
    startTimeUnixNano: trace.startNs.toString(),
    ...(durationMs > 0 ? { durationMs } : {}),
    spanSet: sets[0],
    spanSets: sets,
    serviceStats: serviceStats(trace),
  };
}

function encodeSpanset(spanset: Spanset, trace: LoadedTrace, fields: readonly Field[], limit: number): object {
  const attributes = [...spanset.attributes].map(([key, value]) => ({ key, value: encodeStatic(value) }));
  return {
    spans: spanset.spans.slice(0, limit).map((span) => encodeSpan(span, trace, fields)),
    matched: spanset.spans.length,
    ...(attributes.length > 0 ? { attributes } : {}),
  };
}

function encodeSpan(span: LoadedSpan, trace: LoadedTrace, fields: readonly Field[]): object {
  const attributes = fields.flatMap((field) => {
    const value = fieldValues(field, trace, span)[0];
    return value ? [{ key: field.name, value: encodeStatic(value) }] : [];
  });
  const named = fields.some((field) => field.type === 'intrinsic' && field.name === 'name');
  return {
    spanID: formatSpanId(span.spanId),
    ...(named && span.name ? { name: span.name } : {}),
    startTimeUnixNano: span.startNs.toString(),
    ...(span.durationNs > 0 ? { durationNanos: String(span.durationNs) } : {}),
    ...(attributes.length > 0 ? { attributes: attributes.filter(({ key }) => !own.has(key)) } : {}),
  };
}

/** Fields with a place of their own in the answer. */
const own = new Set(['name', 'duration', 'traceDuration', 'rootServiceName', 'rootName', 'trace:id', 'span:id']);

/** As an OTLP value; statuses, kinds and durations as text. */
export function encodeStatic(value: Static): object {
  switch (value.type) {
    case 'int':
      return { intValue: String(value.value) };
    case 'float':
      return { doubleValue: value.value };
    case 'boolean':
      return { boolValue: value.value };
    case 'array':
      return { arrayValue: { values: value.elements.map(encodeStatic) } };
    default:
      return { stringValue: formatStatic(value) };
  }
}

function serviceStats(trace: LoadedTrace): Record<string, { spanCount?: number; errorCount?: number }> {
  const stats = new Map<string, { spanCount: number; errorCount?: number }>();
  for (const span of trace.spans) {
    const service = serviceOf(span);
    const entry = stats.get(service) ?? { spanCount: 0 };
    entry.spanCount++;
    if (span.status === 2) entry.errorCount = (entry.errorCount ?? 0) + 1;
    stats.set(service, entry);
  }
  return Object.fromEntries(stats);
}

/** Every field that the query names is shown with the spans it matched. */
function shownFields(query: Query): Field[] {
  const fields = query.stages.flatMap(stageFields);
  return fields.filter(
    (field, i) =>
      fields.findIndex(
        (other) => other.type === field.type && other.name === field.name && scopeOf(other) === scopeOf(field),
      ) === i,
  );
}

function scopeOf(field: Field): string {
  return field.type === 'attribute' ? (field.scope ?? '') : '';
}
