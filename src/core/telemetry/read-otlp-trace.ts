import type { Span, Trace } from '../../shared/contract/telemetry';
import { type OtlpKeyValue, readOtlpAttributes } from './read-otlp-attributes';

/** Tempo's JSON of OTLP: ids in base64, enums by name, 64-bit numbers as text, zero values left out. */
export interface OtlpResourceSpans {
  resource?: { attributes?: OtlpKeyValue[] };
  scopeSpans?: { scope?: { name?: string; version?: string }; spans?: OtlpSpan[] }[];
}

interface OtlpSpan {
  spanId?: string;
  parentSpanId?: string;
  name?: string;
  kind?: string | number;
  startTimeUnixNano?: string;
  endTimeUnixNano?: string;
  attributes?: OtlpKeyValue[];
  events?: { timeUnixNano?: string; name?: string; attributes?: OtlpKeyValue[] }[];
  links?: { traceId?: string; spanId?: string; attributes?: OtlpKeyValue[] }[];
  status?: { code?: string | number; message?: string };
}

const kinds: readonly Span['kind'][] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const codes: readonly Span['status']['code'][] = ['unset', 'ok', 'error'];

/** A whole trace in the contract's shape, spans by start time; null when there is no span. */
export function readOtlpTrace(traceId: string, batches: readonly OtlpResourceSpans[]): Trace | null {
  const resources: Trace['resources'] = [];
  const spans: Span[] = [];
  for (const batch of batches) {
    const attributes = readOtlpAttributes(batch.resource?.attributes);
    const service = attributes.find(({ key }) => key === 'service.name')?.value;
    const resource = resources.push({ attributes }) - 1;
    for (const { scope, spans: scoped } of batch.scopeSpans ?? []) {
      for (const span of scoped ?? []) {
        spans.push({
          ...readSpan(span),
          service: typeof service === 'string' ? service : 'unknown_service',
          resource,
          scope: { name: scope?.name ?? '', version: scope?.version ?? '' },
        });
      }
    }
  }
  if (spans.length === 0) return null;
  spans.sort((a, b) => compareNanos(a.startNs, b.startNs));
  return { traceId, resources, spans };
}

function readSpan(span: OtlpSpan): Omit<Span, 'service' | 'resource' | 'scope'> {
  const startNs = span.startTimeUnixNano ?? '0';
  return {
    spanId: hexId(span.spanId),
    parentSpanId: hexId(span.parentSpanId),
    name: span.name ?? '',
    kind: readEnum(span.kind, 'SPAN_KIND_', kinds),
    status: { code: readEnum(span.status?.code, 'STATUS_CODE_', codes), message: span.status?.message ?? '' },
    startNs,
    durationNs: Math.max(0, Number(BigInt(span.endTimeUnixNano ?? startNs) - BigInt(startNs))),
    attributes: readOtlpAttributes(span.attributes),
    events: (span.events ?? []).map((event) => ({
      timeNs: event.timeUnixNano ?? '0',
      name: event.name ?? '',
      attributes: readOtlpAttributes(event.attributes),
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

/** Ids are 8 or 16 bytes: 16 or 32 hex digits are hex already, anything else is base64. */
function hexId(id: string | undefined): string {
  if (!id) return '';
  return /^(?:[0-9a-f]{16}|[0-9a-f]{32})$/i.test(id) ? id.toLowerCase() : Buffer.from(id, 'base64').toString('hex');
}

/** Decimal digits without leading zeros: the longer is the greater. */
export function compareNanos(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
