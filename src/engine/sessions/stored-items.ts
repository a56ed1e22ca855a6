import type { TelemetryItem } from '../../shared/sessions/dialects/telemetry-item';
import { plainDoubles } from '../store/reader/plain-doubles';
import type { StoredAttribute, StoredResource, StoredScope } from '../store/reader/reader';
import { type LoadedSpan, serviceNameOf } from '../tempo/store/loaded-trace';
import { formatSpanId } from '../tempo/store/trace-id';

const ARRAY = 5;
const longestName = 200;

type ReadText = (key: string) => string | undefined;

/** A reader of a session's facts asks for some forty keys of an item, most of which it has not: they are looked up, not searched for. */
function textsOf(attributes: readonly StoredAttribute[]): ReadText {
  const byKey = new Map<string, StoredAttribute>();
  for (const attribute of attributes) if (!byKey.has(attribute.key)) byKey.set(attribute.key, attribute);
  return (key) => {
    const found = byKey.get(key);
    if (found === undefined || found.kind === 0) return undefined;
    return found.kind >= ARRAY ? plainDoubles(found.text) : found.text;
  };
}

const readers = new WeakMap<StoredResource, ReadText>();

/** One for all items of a resource. */
function textsOfResource(resource: StoredResource | undefined): ReadText {
  if (!resource) return () => undefined;
  const known = readers.get(resource) ?? textsOf(resource.attributes);
  readers.set(resource, known);
  return known;
}

export interface StoredRecord {
  readonly timeNs: bigint;
  readonly eventName: string;
  readonly body: string;
  readonly traceId: string;
  readonly spanId: bigint;
  readonly resource: StoredResource | undefined;
  readonly scope: StoredScope | undefined;
  readonly attributes: readonly StoredAttribute[];
}

/** A row of `logs` as an agent's telemetry. */
export function itemOfRecord(record: StoredRecord): TelemetryItem {
  const { resource, scope, body, traceId } = record;
  const timeMs = Number(record.timeNs) / 1e6;
  const attribute = textsOf(record.attributes);
  return {
    signal: 'log',
    name: attribute('event.name') ?? (record.eventName || body.slice(0, longestName)),
    body,
    service: serviceNameOf(resource),
    scope: scope?.name ?? '',
    ...{ startMs: timeMs, endMs: timeMs, traceId, parentSpanId: '' },
    spanId: record.spanId === 0n ? '' : formatSpanId(record.spanId),
    ...{ failed: false, statusMessage: '', attribute, resource: textsOfResource(resource) },
  };
}

const ERROR = 2;

export function itemOfSpan(span: LoadedSpan, traceId: string): TelemetryItem {
  const { attributes, resource, scope, parentId, spanId, statusMessage } = span;
  const startMs = Number(span.startNs) / 1e6;
  return {
    ...{ signal: 'span', name: span.name, body: '', service: serviceNameOf(resource), scope: scope?.name ?? '' },
    ...{ startMs, endMs: startMs + span.durationNs / 1e6, traceId, statusMessage, failed: span.status === ERROR },
    spanId: formatSpanId(spanId),
    parentSpanId: parentId === 0n ? '' : formatSpanId(parentId),
    attribute: textsOf(attributes),
    resource: textsOfResource(resource),
  };
}
