import type { Pod } from './pods';
import type { Call } from './request';

export interface TimedRequest {
  readonly call: Call;
  /** Unix milliseconds. */
  readonly startMs: number;
  readonly podOf: (call: Call) => Pod;
}

const kinds = { internal: 1, server: 2, client: 3 } as const;
const severities = { info: 9, warn: 13, error: 17 } as const;

/** Requests as OTLP JSON, their spans grouped by pod as senders do, and their lines; how many spans that is. */
export function encodeRequests(requests: readonly TimedRequest[], random: () => number) {
  const spans = new Map<Pod, object[]>();
  const lines = new Map<Pod, object[]>();
  let count = 0;
  for (const { call, startMs, podOf } of requests) {
    const traceId = hex(32, random);
    const place = (made: Call, parentSpanId: string, from: number): number => {
      const spanId = hex(16, random);
      const pod = podOf(made);
      let end = from + made.ms / 2;
      for (const child of made.below) end = place(child, spanId, end);
      end += made.ms / 2;
      count++;
      push(spans, pod, spanOf(made, { traceId, spanId, parentSpanId, from, end }));
      if (made.line) push(lines, pod, lineOf(made.line, traceId, spanId, end));
      return end;
    };
    place(call, '', startMs);
  }
  return {
    count,
    traces: {
      resourceSpans: [...spans].map(([pod, made]) => ({ resource: resourceOf(pod), scopeSpans: [{ spans: made }] })),
    },
    logs:
      lines.size === 0
        ? null
        : {
            resourceLogs: [...lines].map(([pod, made]) => ({
              resource: resourceOf(pod),
              scopeLogs: [{ logRecords: made }],
            })),
          },
  };
}

interface Placed {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly from: number;
  readonly end: number;
}

function spanOf(
  { kind, name, error, exception, attributes }: Call,
  { traceId, spanId, parentSpanId, from, end }: Placed,
): object {
  const status = error === undefined ? {} : { status: { code: 2, message: error } };
  const events =
    exception === undefined
      ? {}
      : {
          events: [
            {
              name: 'exception',
              timeUnixNano: nanos(end),
              attributes: pairs({ 'exception.type': exception.type, 'exception.message': exception.message }),
            },
          ],
        };
  return {
    ...{ traceId, spanId, parentSpanId, name, kind: kinds[kind], attributes: pairs(attributes) },
    ...{ startTimeUnixNano: nanos(from), endTimeUnixNano: nanos(end), ...status, ...events },
  };
}

function lineOf({ level, text }: NonNullable<Call['line']>, traceId: string, spanId: string, at: number): object {
  const severity = { severityNumber: severities[level], severityText: level.toUpperCase() };
  return { timeUnixNano: nanos(at), ...severity, body: { stringValue: text }, traceId, spanId };
}

export function resourceOf({ service, name, version, host }: Pod): object {
  return {
    attributes: pairs({
      'service.name': service,
      'service.version': version,
      'service.instance.id': name,
      'k8s.pod.name': name,
      'host.name': host,
      'deployment.environment.name': 'production',
      'telemetry.sdk.language': service.length % 2 === 0 ? 'java' : 'nodejs',
    }),
  };
}

export function nanos(milliseconds: number): string {
  const whole = Math.floor(milliseconds);
  return `${whole}${String(Math.floor((milliseconds - whole) * 1e6)).padStart(6, '0')}`;
}

function hex(digits: number, random: () => number): string {
  let text = '';
  while (text.length < digits)
    text += Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return text;
}

function push<Key>(groups: Map<Key, object[]>, key: Key, item: object): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}

function pairs(values: Readonly<Record<string, string | number | boolean>>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: string | number | boolean): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
