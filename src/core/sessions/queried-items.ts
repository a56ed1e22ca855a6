import type { Attribute, LogRecord, Span, Trace } from '../../shared/contract/telemetry';
import type { TelemetryItem } from '../../shared/sessions/dialects/telemetry-item';

const longestName = 200;

/** A line as Loki tells it: attributes of record, scope and resource are its labels, with `_` for other signs. */
export function itemOfLine({ timeNs, line, service, traceId, spanId, labels }: LogRecord): TelemetryItem {
  const read = (key: string) => labels[key.replace(/[^a-zA-Z0-9]+/g, '_')];
  const timeMs = Number(timeNs) / 1e6;
  return {
    ...{ signal: 'log', name: read('event.name') ?? line.slice(0, longestName), body: line, service },
    scope: labels.scope_name ?? '',
    ...{ startMs: timeMs, endMs: timeMs, traceId: traceId ?? '', spanId: spanId ?? '', parentSpanId: '' },
    ...{ failed: false, statusMessage: '', attribute: read, resource: read },
  };
}

export function itemsOfTrace({ traceId, spans, resources }: Trace): TelemetryItem[] {
  return spans.map((span) => itemOfSpan(span, traceId, resources[span.resource]?.attributes ?? []));
}

function itemOfSpan(span: Span, traceId: string, resource: readonly Attribute[]): TelemetryItem {
  const { name, service, scope, spanId, parentSpanId, status, attributes } = span;
  const startMs = Number(span.startNs) / 1e6;
  return {
    ...{ signal: 'span', name, body: '', service, scope: scope.name, spanId, parentSpanId, traceId },
    ...{ startMs, endMs: startMs + span.durationNs / 1e6 },
    ...{ failed: status.code === 'error', statusMessage: status.message },
    attribute: (key) => textOf(attributes, key),
    resource: (key) => textOf(resource, key),
  };
}

function textOf(attributes: readonly Attribute[], key: string): string | undefined {
  const value = attributes.find((attribute) => attribute.key === key)?.value;
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
