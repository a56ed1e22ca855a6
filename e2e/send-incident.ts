import { newSpanId, newTraceId, type SentSpan, sendLog, sendSpans } from './send-otlp';

const server = 2;
const client = 3;
const orders = 240;
/** From the oldest of them to now, milliseconds. */
const spreadMs = 10 * 60_000;

export const incident = { service: 'pricing', version: '2.5.0', customer: 'acme', slowMs: 900, usualMs: 12 } as const;

/**
 * The orders of ten minutes, of five customers, in a shop of three services and a database. Half of them meet version 2.5.0 of
 * pricing, which takes 900 ms for one customer; everything else takes what it always takes. The same each time.
 */
export async function sendIncident(endpoint: string): Promise<void> {
  const next = seeded(7);
  const newer: SentSpan[] = [];
  const older: SentSpan[] = [];
  for (let index = 0; index < orders; index++) {
    const customer = ['acme', 'bolt', 'cosy', 'dune', 'ecru'][index % 5]!;
    const isNewer = Math.floor(index / 5) % 2 === 1;
    const isSlow = isNewer && customer === incident.customer;
    (isNewer ? newer : older).push(...order(spreadMs * (1 - index / orders) + 2_000, customer, isNewer, isSlow, next));
  }
  await sendSpans(endpoint, older);
  await sendSpans(endpoint, newer);
  await sendLog(endpoint, { service: 'checkout', body: 'listening on 8080' });
}

function order(ago: number, customer: string, isNewer: boolean, isSlow: boolean, next: () => number): SentSpan[] {
  const quoteMs = (isSlow ? incident.slowMs : incident.usualMs) * (0.8 + 0.4 * next());
  const saveMs = 4 + 6 * next();
  const traceId = newTraceId();
  const ids = Array.from({ length: 5 }, newSpanId);
  const version = { 'service.version': isNewer ? incident.version : '2.4.1' };
  const region = ['eu-west', 'eu-north', 'us-east'][Math.floor(next() * 3)]!;
  const attributes = { 'customer.id': customer, 'cloud.region': region, 'order.id': `o-${traceId.slice(0, 8)}` };
  const took = quoteMs + saveMs + 14;
  return [
    {
      ...{ traceId, spanId: ids[0]!, service: 'storefront', name: 'POST /checkout', kind: server },
      ...{ ago, durationMs: took, attributes: { 'http.route': '/checkout', ...attributes } },
    },
    {
      ...{ traceId, spanId: ids[1]!, parentSpanId: ids[0]!, service: 'storefront', name: 'POST', kind: client },
      ...{ ago: ago - 2, durationMs: took - 4 },
    },
    {
      ...{ traceId, spanId: ids[2]!, parentSpanId: ids[1]!, service: 'checkout', name: 'POST /orders', kind: server },
      ...{ ago: ago - 3, durationMs: took - 6, attributes: { 'http.route': '/orders' } },
    },
    {
      ...{ traceId, spanId: ids[3]!, parentSpanId: ids[2]!, service: 'pricing', name: 'GET /quote', kind: server },
      ...{
        ago: ago - 5,
        durationMs: quoteMs,
        attributes: { 'http.route': '/quote', ...attributes },
        resource: version,
      },
    },
    {
      ...{ traceId, spanId: ids[4]!, parentSpanId: ids[2]!, service: 'checkout', name: 'INSERT orders', kind: client },
      ...{ ago: ago - 6 - quoteMs, durationMs: saveMs },
      attributes: { 'db.system.name': 'postgresql', 'db.namespace': 'shop', 'db.query.summary': 'INSERT orders' },
    },
  ];
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
