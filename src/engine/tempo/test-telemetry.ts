/** A fixed data set for the tests of this folder: OTLP JSON whose spans are named by one letter of their trace and a number. */
export interface TestSpan {
  id: string;
  trace: string;
  parent?: string;
  service: string;
  name: string;
  /** Milliseconds after the base time, and length in milliseconds. */
  at: number;
  lasts: number;
  kind?: number;
  status?: { code?: number; message?: string };
  attributes?: Record<string, unknown>;
  events?: { name: string; at: number; attributes?: Record<string, unknown> }[];
  links?: { trace: string; span: string; attributes?: Record<string, unknown> }[];
}

export function testTraces(baseMs: number, spans: readonly TestSpan[] = shopSpans): object {
  const services = [...new Set(spans.map((span) => span.service))];
  return {
    resourceSpans: services.map((service) => ({
      resource: { attributes: keyValues({ 'service.name': service, ...resourceAttributes[service] }) },
      scopeSpans: [
        {
          scope: { name: `lib-${service}`, version: '1.2.0', attributes: keyValues({ tier: service }) },
          spans: spans.filter((span) => span.service === service).map((span) => encodeSpan(span, baseMs)),
        },
      ],
    })),
  };
}

function encodeSpan(span: TestSpan, baseMs: number): object {
  const time = (milliseconds: number) => `${Math.round((baseMs + milliseconds) * 1000)}000`;
  return {
    traceId: span.trace,
    spanId: span.id,
    ...(span.parent ? { parentSpanId: span.parent } : {}),
    name: span.name,
    kind: span.kind ?? 1,
    startTimeUnixNano: time(span.at),
    endTimeUnixNano: time(span.at + span.lasts),
    attributes: keyValues(span.attributes ?? {}),
    status: span.status ?? {},
    events: (span.events ?? []).map((event) => ({
      name: event.name,
      timeUnixNano: time(event.at),
      attributes: keyValues(event.attributes ?? {}),
    })),
    links: (span.links ?? []).map((link) => ({
      traceId: link.trace,
      spanId: link.span,
      attributes: keyValues(link.attributes ?? {}),
    })),
  };
}

function keyValues(values: Record<string, unknown>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));
}

/** A float is written `{ float: 1.5 }`, as JavaScript cannot tell 1 from 1.0. */
function anyValue(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number' || typeof value === 'bigint') return { intValue: String(value) };
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  const fields = value as Record<string, unknown>;
  if (typeof fields.float === 'number') return { doubleValue: fields.float };
  return { kvlistValue: { values: keyValues(fields) } };
}

const resourceAttributes: Readonly<Record<string, Record<string, unknown>>> = {
  gateway: { 'deployment.environment': 'prod', region: 'eu', 'host.cores': 4 },
  orders: { 'deployment.environment': 'prod', region: 'us' },
  payments: { 'deployment.environment': 'dev', shared: 'resource' },
};

export const A = '0a000000000000000000000000000001';
export const B = '0b000000000000000000000000000002';
export const C = '0c000000000000000000000000000003';
export const D = '00000000000000000000000000000d04';

const id = (letter: string, number: number) => `${letter}${'0'.repeat(14)}${number}`;

/** A: an order that works, B: a payment that fails, C: a trace whose root has not come, D: a single short span. */
export const shopSpans: readonly TestSpan[] = [
  {
    id: id('a', 1),
    trace: A,
    service: 'gateway',
    name: 'GET /orders',
    at: 0,
    lasts: 500,
    kind: 2,
    status: { code: 1 },
    attributes: {
      'http.method': 'GET',
      'http.status_code': 200,
      'http.route': '/orders',
      cached: false,
      ratio: { float: 0.5 },
    },
  },
  {
    id: id('a', 2),
    trace: A,
    parent: id('a', 1),
    service: 'gateway',
    name: 'call orders',
    at: 10,
    lasts: 400,
    kind: 3,
    attributes: { 'http.method': 'GET', peer: 'orders' },
  },
  {
    id: id('a', 3),
    trace: A,
    parent: id('a', 2),
    service: 'orders',
    name: 'list orders',
    at: 20,
    lasts: 300,
    kind: 2,
    attributes: { 'http.status_code': 200, 'order.count': 7, tags: ['vip', 'new'], sizes: [1, 2, 3] },
  },
  {
    id: id('a', 4),
    trace: A,
    parent: id('a', 3),
    service: 'orders',
    name: 'SELECT',
    at: 30,
    lasts: 50,
    kind: 3,
    attributes: { 'db.system': 'postgres', 'db.rows': 12 },
  },
  {
    id: id('a', 5),
    trace: A,
    parent: id('a', 3),
    service: 'orders',
    name: 'SELECT',
    at: 90,
    lasts: 150,
    kind: 3,
    attributes: { 'db.system': 'postgres', 'db.rows': 900 },
    events: [{ name: 'slow query', at: 200, attributes: { threshold: 100, advice: 'add an index' } }],
  },
  {
    id: id('b', 1),
    trace: B,
    service: 'gateway',
    name: 'POST /pay',
    at: 1000,
    lasts: 2000,
    kind: 2,
    status: { code: 2, message: 'payment failed' },
    attributes: { 'http.method': 'POST', 'http.status_code': 502, 'http.route': '/pay', cached: true },
  },
  {
    id: id('b', 2),
    trace: B,
    parent: id('b', 1),
    service: 'payments',
    name: 'charge',
    at: 1100,
    lasts: 1500,
    kind: 2,
    status: { code: 2, message: 'card declined' },
    attributes: { 'http.status_code': 500, amount: { float: 19.99 }, retries: 3, shared: 'span' },
    events: [
      { name: 'exception', at: 1200, attributes: { 'exception.type': 'Declined' } },
      { name: 'retry', at: 1300 },
    ],
    links: [{ trace: A, span: id('a', 1), attributes: { why: 'same cart' } }],
  },
  {
    id: id('b', 3),
    trace: B,
    parent: id('b', 2),
    service: 'payments',
    name: 'call bank',
    at: 1150,
    lasts: 1200,
    kind: 3,
    attributes: { 'http.method': 'POST', 'http.status_code': 503 },
  },
  {
    id: id('b', 4),
    trace: B,
    parent: id('b', 2),
    service: 'payments',
    name: 'publish',
    at: 2400,
    lasts: 20,
    kind: 4,
    attributes: { 'messaging.system': 'kafka', meta: { key: 'k', partition: 2 } },
  },
  {
    id: id('c', 2),
    trace: C,
    parent: id('c', 1),
    service: 'orders',
    name: 'consume',
    at: 3000,
    lasts: 80,
    kind: 5,
    attributes: { 'messaging.system': 'kafka', 'http.status_code': 404 },
  },
  {
    id: id('c', 3),
    trace: C,
    parent: id('c', 2),
    service: 'orders',
    name: 'SELECT',
    at: 3010,
    lasts: 30,
    kind: 3,
    attributes: { 'db.system': 'postgres', 'db.rows': 1 },
  },
  {
    id: id('d', 1),
    trace: D,
    service: 'payments',
    name: 'health',
    at: 5000,
    lasts: 1,
    kind: 1,
    attributes: { 'http.status_code': 200 },
  },
];
