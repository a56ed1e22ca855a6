import type { Attribute, Span } from '../../shared/contract/telemetry';
import type { MadeTrace } from '../../shared/shapes/make-traces.test-data';
import { SPAN_KINDS } from './store/trace-facts';

const codes = ['unset', 'ok', 'error'];

function keyValue({ key, value }: Attribute): object {
  if (typeof value === 'number')
    return { key, value: Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value } };
  return { key, value: { stringValue: String(value) } };
}

const resourceOf = (service: string, run: string | null) => ({
  attributes: [
    keyValue({ key: 'service.name', value: service }),
    ...(run === null ? [] : [keyValue({ key: 'watchtower.run.id', value: run })]),
  ],
});

function spanOf(traceId: string, span: Span): object {
  return {
    ...{ traceId, spanId: span.spanId, parentSpanId: span.parentSpanId, name: span.name },
    kind: SPAN_KINDS.indexOf(span.kind),
    startTimeUnixNano: span.startNs,
    endTimeUnixNano: span.timing === 'unfinished' ? '0' : String(BigInt(span.startNs) + BigInt(span.durationNs)),
    attributes: span.attributes.map(keyValue),
    status: { code: codes.indexOf(span.status.code), message: span.status.message },
    events: span.events.map(({ timeNs, name, attributes }) => ({
      ...{ timeUnixNano: timeNs, name },
      attributes: attributes.map(keyValue),
    })),
  };
}

/** Traces as OTLP JSON, of a run or of none. */
export function otlpTraces(traces: readonly MadeTrace[], run: string | null): object {
  const services = new Map<string, object[]>();
  for (const { traceId, spans } of traces)
    for (const span of spans) {
      const known = services.get(span.service) ?? [];
      services.set(span.service, known);
      known.push(spanOf(traceId, span));
    }
  return {
    resourceSpans: [...services].map(([service, spans]) => ({
      resource: resourceOf(service, run),
      scopeSpans: [{ spans }],
    })),
  };
}

export interface MadeLine {
  readonly service: string;
  readonly line: string;
  /** OTLP's number. */
  readonly severity: number;
  readonly traceId?: string;
  /** Unix nanoseconds. */
  readonly timeNs: bigint;
}

export function otlpLogs(lines: readonly MadeLine[], run: string | null): object {
  return {
    resourceLogs: lines.map(({ service, line, severity, traceId, timeNs }) => ({
      resource: resourceOf(service, run),
      scopeLogs: [
        {
          logRecords: [
            {
              ...{ timeUnixNano: String(timeNs), severityNumber: severity, body: { stringValue: line } },
              ...(traceId !== undefined && { traceId }),
            },
          ],
        },
      ],
    })),
  };
}
