import { randomBytes } from 'node:crypto';

const attribute = (key: string, value: string | number) => ({
  key,
  value:
    typeof value === 'string'
      ? { stringValue: value }
      : Number.isInteger(value)
        ? { intValue: String(value) }
        : { doubleValue: value },
});
const resource = (service: string, more: Record<string, string> = {}) => ({
  attributes: Object.entries({ 'service.name': service, ...more }).map(([key, value]) => attribute(key, value)),
});
const nowNs = () => BigInt(Date.now()) * 1_000_000n;

/** Not with a zero first, which Tempo's search leaves away. */
export const newTraceId = () => `a${randomBytes(16).toString('hex').slice(1)}`;
export const newSpanId = () => randomBytes(8).toString('hex');

async function post(endpoint: string, signal: string, body: object): Promise<void> {
  const answer = await fetch(`${endpoint}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`OTLP ${signal} answered ${answer.status}: ${await answer.text()}`);
}

export interface SentSpan {
  traceId?: string;
  spanId?: string;
  parentSpanId?: string;
  service: string;
  name: string;
  /** OTLP's number; of a server where none is given. */
  kind?: number;
  /** Milliseconds before now. */
  ago?: number;
  durationMs?: number;
  error?: string;
  attributes?: Record<string, string | number>;
  /** Attributes of its resource; those of the first span of a service count. */
  resource?: Record<string, string>;
}

export async function sendSpans(endpoint: string, spans: readonly SentSpan[]): Promise<void> {
  const services = [...new Set(spans.map(({ service }) => service))];
  const now = nowNs();
  await post(endpoint, 'traces', {
    resourceSpans: services.map((service) => ({
      resource: resource(service, spans.find((span) => span.service === service)?.resource),
      scopeSpans: [
        {
          scope: { name: 'e2e' },
          spans: spans
            .filter((span) => span.service === service)
            .map((span) => {
              const start = now - BigInt(Math.round((span.ago ?? 100) * 1e6));
              return {
                traceId: span.traceId ?? newTraceId(),
                spanId: span.spanId ?? newSpanId(),
                parentSpanId: span.parentSpanId ?? '',
                name: span.name,
                kind: span.kind ?? 2,
                startTimeUnixNano: String(start),
                endTimeUnixNano: String(start + BigInt(Math.round((span.durationMs ?? 50) * 1e6))),
                status: span.error ? { code: 2, message: span.error } : {},
                attributes: Object.entries(span.attributes ?? {}).map(([key, value]) => attribute(key, value)),
              };
            }),
        },
      ],
    })),
  });
}

export async function sendLog(
  endpoint: string,
  log: {
    service: string;
    body: string;
    traceId?: string;
    spanId?: string;
    severity?: number;
    attributes?: Record<string, string>;
    resource?: Record<string, string>;
  },
): Promise<void> {
  const severityNumber = log.severity ?? 9;
  const record = {
    timeUnixNano: String(nowNs()),
    severityNumber,
    severityText: severityNumber >= 17 ? 'ERROR' : 'INFO',
    body: { stringValue: log.body },
    attributes: Object.entries(log.attributes ?? {}).map(([key, value]) => attribute(key, value)),
    traceId: log.traceId ?? '',
    spanId: log.spanId ?? '',
  };
  await post(endpoint, 'logs', {
    resourceLogs: [{ resource: resource(log.service, log.resource), scopeLogs: [{ logRecords: [record] }] }],
  });
}

/** A histogram that grows with `count`, with one exemplar that names a trace. */
export async function sendHistogram(
  endpoint: string,
  metric: { service: string; name: string; count: number; traceId: string; spanId: string },
): Promise<void> {
  const point = {
    startTimeUnixNano: String(nowNs() - 60_000_000_000n),
    timeUnixNano: String(nowNs()),
    count: String(metric.count),
    sum: metric.count * 0.2,
    bucketCounts: ['0', String(metric.count), '0'],
    explicitBounds: [0.1, 0.5],
    exemplars: [{ timeUnixNano: String(nowNs()), asDouble: 0.2, traceId: metric.traceId, spanId: metric.spanId }],
  };
  await post(endpoint, 'metrics', {
    resourceMetrics: [
      {
        resource: resource(metric.service),
        scopeMetrics: [
          {
            metrics: [{ name: metric.name, unit: 's', histogram: { aggregationTemporality: 2, dataPoints: [point] } }],
          },
        ],
      },
    ],
  });
}
