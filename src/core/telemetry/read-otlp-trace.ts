import type { Span, Trace } from '../../shared/contract/telemetry';
import { hexId } from './hex-id';
import { placeSpans } from './place-spans';
import { type OtlpKeyValue, readOtlpAttributes } from './read-otlp-attributes';

/** Tempo's JSON of OTLP: ids in base64, enums by name, 64-bit numbers as text, zero values left out. */
export interface OtlpResourceSpans {
  resource?: { attributes?: OtlpKeyValue[] };
  scopeSpans?: { scope?: { name?: string; version?: string; attributes?: OtlpKeyValue[] }; spans?: OtlpSpan[] }[];
}

interface OtlpSpan {
  traceId?: string;
  traceState?: string;
  spanId?: string;
  parentSpanId?: string;
  name?: string;
  kind?: string | number;
  startTimeUnixNano?: string;
  endTimeUnixNano?: string;
  attributes?: OtlpKeyValue[];
  droppedAttributesCount?: number;
  droppedEventsCount?: number;
  droppedLinksCount?: number;
  events?: { timeUnixNano?: string; name?: string; attributes?: OtlpKeyValue[]; droppedAttributesCount?: number }[];
  links?: { traceId?: string; spanId?: string; attributes?: OtlpKeyValue[] }[];
  status?: { code?: string | number; message?: string };
}

const kinds: readonly Span['kind'][] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const codes: readonly Span['status']['code'][] = ['unset', 'ok', 'error'];

/** A whole trace in the contract's shape, spans by start time; null when there is no span. `nowMs`: Unix milliseconds. */
export function readOtlpTrace(traceId: string, batches: readonly OtlpResourceSpans[], nowMs: number): Trace | null {
  const resources: Trace['resources'] = [];
  const sent: { startNs: string; endNs: string }[] = [];
  const read: Omit<Span, 'startNs' | 'durationNs'>[] = [];
  const idsSeen = new Map<string, number>();
  for (const batch of batches) {
    const attributes = readOtlpAttributes(batch.resource?.attributes);
    const service = attributes.find(({ key }) => key === 'service.name')?.value;
    const resource = resources.push({ attributes }) - 1;
    for (const { scope, spans: scoped } of batch.scopeSpans ?? []) {
      for (const span of scoped ?? []) {
        sent.push({ startNs: span.startTimeUnixNano ?? '0', endNs: span.endTimeUnixNano ?? '0' });
        read.push({
          ...readSpan(span),
          spanId: distinctId(hexId(span.spanId), idsSeen),
          service: typeof service === 'string' ? service : 'unknown_service',
          resource,
          scope: { name: scope?.name ?? '', version: scope?.version ?? '' },
        });
      }
    }
  }
  if (read.length === 0) return null;
  const placed = placeSpans(sent, nowMs);
  const spans = read.map((span, index): Span => ({ ...span, ...placed[index]! }));
  spans.sort((a, b) => compareNanos(a.startNs, b.startNs));
  return { traceId, resources, spans };
}

/** Spans may share their id: of client and server, or of processes that were forked. */
function distinctId(id: string, seen: Map<string, number>): string {
  const count = (seen.get(id) ?? 0) + 1;
  seen.set(id, count);
  return count === 1 ? id : `${id}#${count}`;
}

function readSpan(span: OtlpSpan): Omit<Span, 'spanId' | 'startNs' | 'durationNs' | 'service' | 'resource' | 'scope'> {
  const dropped = {
    attributes: span.droppedAttributesCount ?? 0,
    events: span.droppedEventsCount ?? 0,
    links: span.droppedLinksCount ?? 0,
  };
  return {
    ...(dropped.attributes + dropped.events + dropped.links > 0 && { dropped }),
    parentSpanId: hexId(span.parentSpanId),
    name: span.name ?? '',
    kind: readEnum(span.kind, 'SPAN_KIND_', kinds),
    status: { code: readEnum(span.status?.code, 'STATUS_CODE_', codes), message: span.status?.message ?? '' },
    attributes: readOtlpAttributes(span.attributes),
    events: (span.events ?? []).map((event) => ({
      timeNs: event.timeUnixNano ?? '0',
      name: event.name ?? '',
      attributes: readOtlpAttributes(event.attributes),
      ...(event.droppedAttributesCount && { dropped: event.droppedAttributesCount }),
    })),
    links: (span.links ?? []).map((link) => ({
      traceId: hexId(link.traceId),
      spanId: hexId(link.spanId),
      attributes: readOtlpAttributes(link.attributes),
    })),
  };
}

function readEnum<Name extends string>(
  value: string | number | undefined,
  prefix: string,
  names: readonly Name[],
): Name {
  if (typeof value === 'number') return names[value] ?? names[0]!;
  return names.find((name) => value === prefix + name.toUpperCase()) ?? names[0]!;
}

/** Decimal digits without leading zeros: the longer is the greater. */
export function compareNanos(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
