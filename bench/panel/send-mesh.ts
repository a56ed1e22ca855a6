import { newSpanId, newTraceId } from '../../e2e/send-otlp';

const ROUNDS = 20;
const SPREAD_MS = 3_000_000;

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

/**
 * Services each of which calls the two with twice its number, and every third of them a database: traces of a request from each,
 * spread over the last fifty minutes.
 */
export async function sendMesh(endpoint: string, services: number): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const at = Date.now() - (SPREAD_MS * (ROUNDS - round)) / ROUNDS;
    const spans = new Map<number, object[]>();
    for (let from = 0; from < services; from++) callsOf(from, services, at, spans);
    const body = JSON.stringify({
      resourceSpans: [...spans].map(([index, own]) => ({
        resource: { attributes: [text('service.name', nameOf(index)), text('service.version', `1.${index % 3}.0`)] },
        scopeSpans: [{ scope: { name: 'mesh' }, spans: own }],
      })),
    });
    const answer = await fetch(`${endpoint}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    if (!answer.ok) throw new Error(`the mesh was refused: ${answer.status}`);
    await answer.arrayBuffer();
  }
}

const nameOf = (index: number) => `mesh-${String(index).padStart(2, '0')}`;

function callsOf(from: number, services: number, at: number, spans: Map<number, object[]>): void {
  const add = (service: number, span: object) => {
    const own = spans.get(service) ?? [];
    spans.set(service, own);
    own.push(span);
  };
  const traceId = newTraceId();
  const root = newSpanId();
  const span = (name: string, kind: number, startMs: number, tookMs: number, isFailed: boolean) => ({
    ...{ traceId, name, kind, status: isFailed ? { code: 2, message: 'upstream timed out' } : {} },
    startTimeUnixNano: `${Math.round(startMs)}000000`,
    endTimeUnixNano: `${Math.round(startMs + tookMs)}000000`,
  });
  add(from, { ...span(`GET /${nameOf(from)}`, 2, at, 40, false), spanId: root });
  for (const to of [2 * from + 1, 2 * from + 2].filter((index) => index < services)) {
    const call = newSpanId();
    const isFailed = to % 11 === 0;
    add(from, { ...span('GET', 3, at + 2, 30, isFailed), spanId: call, parentSpanId: root });
    const served = span(`GET /${nameOf(to)}`, 2, at + 3, 20 + (to % 7), isFailed);
    add(to, { ...served, spanId: newSpanId(), parentSpanId: call });
  }
  if (from % 3 !== 0) return;
  const attributes = [text('db.system.name', 'postgresql'), text('db.namespace', `store-${from % 4}`)];
  add(from, { ...span('SELECT orders', 3, at + 4, 5, false), spanId: newSpanId(), parentSpanId: root, attributes });
}
