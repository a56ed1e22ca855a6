import type { Signal } from '../../src/engine/wire/signal';
import { PatchedBatch, timeAfter, UNIQUE_TEXT, uniqueId } from './patched-batch';

const ITEMS_PER_BATCH = 512;
const SPANS_PER_TRACE = 8;
const ROUTES = ['/api/orders', '/api/orders/{id}', '/api/payments', '/api/users/{id}', '/api/search', '/healthz'];
const SERVICES = ['api-gateway', 'order-service', 'payment-service'];

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const number = (key: string, value: number) => ({ key, value: { intValue: value } });
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!;

/** Each lane is an instance of its own, so that lanes do not write samples of the same series. */
const resource = (service: string, lane: number) => ({
  attributes: [
    text('service.name', service),
    text('service.version', '1.4.2'),
    text('service.instance.id', `${service}-${lane}`),
    text('deployment.environment.name', 'development'),
    text('host.name', 'workstation'),
    text('telemetry.sdk.language', 'nodejs'),
    text('telemetry.sdk.name', 'opentelemetry'),
    text('telemetry.sdk.version', '2.12.1'),
    number('process.pid', 41_234),
  ],
});
const scope = { name: '@opentelemetry/instrumentation-http', version: '0.223.0' };

/** 10.6 attributes a span, one event for every fourth, one link for every tenth; every fourth path is unique. */
function span(index: number): object {
  const trace = Math.floor(index / SPANS_PER_TRACE);
  const root = index % SPANS_PER_TRACE === 0;
  const path = index % 4 === 0 ? `/api/orders/${UNIQUE_TEXT}${index}` : pick(ROUTES, index);
  const attributes = [
    text('http.request.method', pick(['GET', 'POST', 'PUT'], index)),
    text('url.path', path),
    text('http.route', pick(ROUTES, index)),
    number('http.response.status_code', pick([200, 200, 200, 201, 404, 500], index)),
    text('server.address', 'localhost'),
    number('server.port', 8080 + (index % 3)),
    text('network.protocol.version', '1.1'),
    text('user_agent.original', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'),
    text('client.address', `10.0.0.${index % 64}`),
    text('thread.name', `worker-${index % 8}`),
  ];
  if (index % 5 < 3) attributes.push(text('db.query.text', 'SELECT id, total FROM orders WHERE customer = $1'));
  return {
    traceId: uniqueId(trace, 32),
    spanId: uniqueId(index + 1, 16),
    ...(root ? {} : { parentSpanId: uniqueId(trace * SPANS_PER_TRACE + 1, 16) }),
    name: `${pick(['GET', 'POST', 'PUT'], index)} ${pick(ROUTES, index)}`,
    kind: root ? 2 : 3,
    startTimeUnixNano: timeAfter(index * 1000),
    endTimeUnixNano: timeAfter(index * 1000 + 2_000_000 + ((index * 7919) % 50_000_000)),
    attributes,
    events:
      index % 4 === 1
        ? [
            {
              timeUnixNano: timeAfter(index * 1000 + 500_000),
              name: index % 16 === 1 ? 'exception' : 'cache.miss',
              attributes: [text('cache.key', `order:${index % 32}`), number('cache.size', index)],
            },
          ]
        : [],
    links: index % 10 === 3 ? [{ traceId: uniqueId(trace, 32), spanId: uniqueId(index, 16) }] : [],
    status: index % 20 === 0 ? { code: 2, message: 'upstream timed out' } : {},
    flags: 257,
  };
}

function logRecord(index: number): object {
  return {
    timeUnixNano: timeAfter(index * 1000),
    observedTimeUnixNano: timeAfter(index * 1000 + 100),
    severityNumber: pick([9, 9, 9, 13, 17], index),
    severityText: pick(['INFO', 'INFO', 'INFO', 'WARN', 'ERROR'], index),
    body: {
      stringValue: `order ${UNIQUE_TEXT}${index} placed by customer ${index % 97}, total ${(index * 13) % 400}.95 EUR`,
    },
    traceId: uniqueId(Math.floor(index / SPANS_PER_TRACE), 32),
    spanId: uniqueId(index + 1, 16),
    flags: 1,
    attributes: [
      text('logger.name', pick(['orders', 'payments', 'http'], index)),
      text('thread.name', `worker-${index % 8}`),
      text('order.state', pick(['placed', 'paid', 'shipped'], index)),
      number('order.items', 1 + (index % 9)),
    ],
  };
}

function dataPoint(index: number): object {
  return {
    startTimeUnixNano: timeAfter(0),
    timeUnixNano: timeAfter(index),
    asDouble: index * 1.25,
    attributes: [
      text('http.route', pick(ROUTES, index)),
      text('http.request.method', pick(['GET', 'POST', 'PUT'], index)),
      text('worker', `w${index}`),
    ],
  };
}

const indexes = Array.from({ length: ITEMS_PER_BATCH }, (_, index) => index);

/** One request of each signal, ready to be sent often. */
export function encodeBatch(signal: Signal, lane: number): PatchedBatch {
  const owner = resource(pick(SERVICES, lane), lane);
  const json = {
    traces: { resourceSpans: [{ resource: owner, scopeSpans: [{ scope, spans: indexes.map(span) }] }] },
    logs: { resourceLogs: [{ resource: owner, scopeLogs: [{ scope, logRecords: indexes.map(logRecord) }] }] },
    metrics: {
      resourceMetrics: [
        {
          resource: owner,
          scopeMetrics: [
            {
              scope,
              metrics: [
                {
                  name: 'http.server.active_requests',
                  unit: '{request}',
                  gauge: { dataPoints: indexes.map(dataPoint) },
                },
              ],
            },
          ],
        },
      ],
    },
  };
  return PatchedBatch.encode(signal, ITEMS_PER_BATCH, json[signal]);
}
