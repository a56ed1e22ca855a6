import { encodeOtlpJson } from '../../otlp/json/encode-otlp-json';
import { encodeAttribute } from '../../otlp-json/encode-value';
import { omitZeroValues } from '../../otlp-json/omit-zero-values';
import type { Pace } from '../../pace/pace';
import type { LoadedSpan, LoadedTrace } from '../store/loaded-trace';
import { formatSpanId, formatTraceId, type TraceId } from '../store/trace-id';
import type { AnswerBytes } from './answer-bytes';
import { groupSpans } from './group-spans';

/** How ids and enums stand in the JSON: OTLP's own form, or the one of Tempo's answers (proto3 JSON: base64, names). */
type Form = 'otlp' | 'tempo';

/** Adds a trace as JSON `resourceSpans` in the form of Tempo's answers; zero values are left out. Throws `AnswerTooLarge`. */
export async function encodeResourceSpans(trace: LoadedTrace, answer: AnswerBytes, pace: Pace): Promise<void> {
  let separator = '[';
  for (const { resource, scopes } of await groupSpans(trace, pace)) {
    answer.add(`${separator}{"resource":${JSON.stringify(encodeResource(resource))},"scopeSpans":`);
    separator = '[';
    for (const { scope, spans } of scopes) {
      answer.add(`${separator}{"scope":${JSON.stringify(encodeScope(scope))},"spans":`);
      separator = '[';
      for (const span of spans) {
        answer.add(`${separator}${JSON.stringify(encodeSpan(trace, span, 'tempo'))}`);
        separator = ',';
        if (pace.isDue()) await pace.turn();
      }
      answer.add(']}');
      separator = ',';
    }
    answer.add(']}');
    separator = ',';
  }
  answer.add(']');
}

/** A message is encoded in one go: of more spans several are made, whose bytes one after another are one. */
const SPANS_A_MESSAGE = 500;

/** Adds Tempo's protobuf `Trace` (field 1: resource spans, as in OTLP's export request). Throws `AnswerTooLarge`. */
export async function encodeTraceProtobuf(trace: LoadedTrace, answer: AnswerBytes, pace: Pace): Promise<void> {
  for (const { resource, scopes } of await groupSpans(trace, pace)) {
    let scopeSpans: object[] = [];
    let count = 0;
    const flush = async (): Promise<void> => {
      if (count > 0)
        answer.add(encodeOtlpJson('traces', { resourceSpans: [{ resource: encodeResource(resource), scopeSpans }] }));
      [scopeSpans, count] = [[], 0];
      await pace.turn();
    };
    for (const { scope, spans } of scopes) {
      for (let at = 0; at < spans.length; at += SPANS_A_MESSAGE) {
        const part = spans.slice(at, at + SPANS_A_MESSAGE);
        if (count + part.length > SPANS_A_MESSAGE) await flush();
        scopeSpans.push({
          scope: encodeScope(scope),
          spans: await pace.map(part, (span) => encodeSpan(trace, span, 'otlp')),
        });
        count += part.length;
      }
    }
    await flush();
  }
}

function encodeResource(resource: LoadedSpan['resource']): object {
  return omitZeroValues({
    attributes: (resource?.attributes ?? []).map(encodeAttribute),
    droppedAttributesCount: resource?.dropped,
  });
}

function encodeScope(scope: LoadedSpan['scope']): object {
  return omitZeroValues({
    name: scope?.name,
    version: scope?.version,
    attributes: (scope?.attributes ?? []).map(encodeAttribute),
    droppedAttributesCount: scope?.dropped,
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
