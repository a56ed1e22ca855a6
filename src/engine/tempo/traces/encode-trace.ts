import { encodeAttribute } from '../../otlp/encode-value';
import { omitZeroValues } from '../../otlp/omit-zero-values';
import { encodeOtlpJson } from '../../otlp/otlp-json';
import type { LoadedSpan, LoadedTrace } from '../store/loaded-trace';
import { formatSpanId, formatTraceId, type TraceId } from '../store/trace-id';

/** How ids and enums stand in the JSON: OTLP's own form, or the one of Tempo's answers (proto3 JSON: base64, names). */
type Form = 'otlp' | 'tempo';

/** A trace as JSON `resourceSpans` in the form of Tempo's answers; zero values are left out. */
export function encodeResourceSpans(trace: LoadedTrace): object[] {
  return groupSpans(trace, 'tempo');
}

/** The bytes of Tempo's protobuf `Trace` (field 1: resource spans, as in OTLP's export request). */
export function encodeTraceProtobuf(trace: LoadedTrace): Uint8Array {
  return encodeOtlpJson('traces', { resourceSpans: groupSpans(trace, 'otlp') });
}

function groupSpans(trace: LoadedTrace, form: Form): object[] {
  const groups = new Map<number, Map<number, LoadedSpan[]>>();
  for (const span of trace.spans) {
    const byScope = groups.get(span.resource?.id ?? 0) ?? new Map<number, LoadedSpan[]>();
    groups.set(span.resource?.id ?? 0, byScope);
    const spans = byScope.get(span.scope?.id ?? 0);
    if (spans) spans.push(span);
    else byScope.set(span.scope?.id ?? 0, [span]);
  }
  return [...groups.values()].map((byScope) => {
    const resource = [...byScope.values()][0]?.[0]?.resource;
    return {
      resource: omitZeroValues({ attributes: (resource?.attributes ?? []).map(encodeAttribute) }),
      scopeSpans: [...byScope.values()].map((spans) => {
        const scope = spans[0]?.scope;
        const encoded = omitZeroValues({
          name: scope?.name,
          version: scope?.version,
          attributes: (scope?.attributes ?? []).map(encodeAttribute),
        });
        return { scope: encoded, spans: spans.map((span) => encodeSpan(trace, span, form)) };
      }),
    };
  });
}

/** A span in JSON; zero values are left out. */
export function encodeSpan(trace: TraceId, span: LoadedSpan, form: Form): object {
  const id = (hex: string) => (form === 'otlp' ? hex : Buffer.from(hex, 'hex').toString('base64'));
  const status = form === 'otlp' ? span.status : statusCodes[span.status];
  return omitZeroValues({
    traceId: id(formatTraceId(trace)),
    spanId: id(formatSpanId(span.spanId)),
    traceState: span.traceState,
    parentSpanId: span.parentId === 0n ? '' : id(formatSpanId(span.parentId)),
    flags: span.flags,
    name: span.name,
    kind: span.kind === 0 ? 0 : form === 'otlp' ? span.kind : spanKinds[span.kind],
    startTimeUnixNano: nanos(span.sentStartNs),
    endTimeUnixNano: nanos(span.sentEndNs),
    attributes: span.attributes.map(encodeAttribute),
    droppedAttributesCount: span.dropped.attributes,
    events: span.events.map((event) =>
      omitZeroValues({
        timeUnixNano: nanos(event.timeNs),
        name: event.name,
        attributes: event.attributes.map(encodeAttribute),
        droppedAttributesCount: event.dropped,
      }),
    ),
    droppedEventsCount: span.dropped.events,
    links: span.links.map((link) =>
      omitZeroValues({
        traceId: id(formatTraceId(link)),
        spanId: id(formatSpanId(link.spanId)),
        traceState: link.traceState,
        attributes: link.attributes.map(encodeAttribute),
        droppedAttributesCount: link.dropped,
        flags: link.flags,
      }),
    ),
    droppedLinksCount: span.dropped.links,
    status: omitZeroValues({ message: span.statusMessage, code: span.status === 0 ? 0 : status }),
  });
}

/** Empty for a time that is not known. */
function nanos(time: bigint): string {
  return time === 0n ? '' : time.toString();
}

const spanKinds = [
  '',
  'SPAN_KIND_INTERNAL',
  'SPAN_KIND_SERVER',
  'SPAN_KIND_CLIENT',
  'SPAN_KIND_PRODUCER',
  'SPAN_KIND_CONSUMER',
];
const statusCodes = ['', 'STATUS_CODE_OK', 'STATUS_CODE_ERROR'];
