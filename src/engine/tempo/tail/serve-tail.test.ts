import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { TraceSummary } from '../../../shared/contract/telemetry';
import { type ServedApi, serveApi } from '../../http/serve-api';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createTempoApi } from '../create-tempo-api';
import { A, B, shopSpans, testTraces } from '../test-telemetry';

const base = 1_760_000_000_000;
let store: TestStore;
let served: ServedApi;

beforeEach(async () => {
  store = await openTestStore();
  served = await serveApi(createTempoApi(store.reader), { host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  await served.close();
  await store.close();
});

interface Batch {
  traces: TraceSummary[];
  dropped: number;
}

/** Messages in order of arrival; `next` waits for one. */
async function tail(
  query: string,
): Promise<{ next: () => Promise<Batch>; closed: Promise<{ code: number; reason: string }> }> {
  const socket = new WebSocket(`ws://127.0.0.1:${served.port}/api/tail?q=${encodeURIComponent(query)}`);
  const arrived: Batch[] = [];
  const waiting: ((batch: Batch) => void)[] = [];
  socket.on('message', (data) => {
    const batch = JSON.parse(String(data)) as Batch;
    const resolve = waiting.shift();
    if (resolve) resolve(batch);
    else arrived.push(batch);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const next = () => {
    const batch = arrived.shift();
    return batch ? Promise.resolve(batch) : new Promise<Batch>((resolve) => waiting.push(resolve));
  };
  return { next, closed };
}

function part(...names: string[]): object {
  return testTraces(
    base,
    shopSpans.filter(({ id }) => names.includes(`${id[0]}${id.at(-1)}`)),
  );
}

test('a trace is told again, whole so far, when spans of it arrive', async () => {
  const { next } = await tail('');
  await store.ingestJson('traces', part('b2'));
  expect(await next()).toEqual({
    dropped: 0,
    traces: [
      {
        traceId: B,
        rootService: '',
        rootName: '',
        startNs: `${base + 1100}000000`,
        durationNs: 1.5e9,
        spanCount: 1,
        errorCount: 1,
        services: [{ name: 'payments', spans: 1, errors: 1 }],
      },
    ],
  });
  await store.ingestJson('traces', part('b1', 'b3'));
  const { traces } = await next();
  expect(traces).toEqual([
    expect.objectContaining({
      traceId: B,
      rootService: 'gateway',
      rootName: 'POST /pay',
      durationNs: 2e9,
      spanCount: 3,
      errorCount: 2,
    }),
  ]);
});

test('only traces that match the query are told', async () => {
  const { next } = await tail('{ .db.rows > 100 }');
  await store.ingestJson('traces', part('b1', 'd1'));
  await store.ingestJson('traces', part('a1', 'a5'));
  const { traces } = await next();
  expect(traces.map(({ traceId }) => traceId)).toEqual([A]);
});

test('a trace that was told is told again when spans come that do not match themselves', async () => {
  const { next } = await tail('{ .db.rows > 100 }');
  await store.ingestJson('traces', part('a5'));
  expect((await next()).traces).toEqual([expect.objectContaining({ traceId: A, spanCount: 1, errorCount: 0 })]);
  await store.ingestJson('traces', part('b1'));
  await store.ingestJson('traces', part('a1', 'a2'));
  expect((await next()).traces).toEqual([
    expect.objectContaining({ traceId: A, spanCount: 3, rootService: 'gateway', rootName: 'GET /orders' }),
  ]);
});

test('a trace is told once a span comes by whose coming it matches', async () => {
  const { next } = await tail('{ kind = server } > { name = "call orders" }');
  await store.ingestJson('traces', part('a2', 'b1'));
  await store.ingestJson('traces', part('a1'));
  expect((await next()).traces).toEqual([expect.objectContaining({ traceId: A, spanCount: 2 })]);
});

test('more than 200 traces in one message are counted as dropped', async () => {
  const { next } = await tail('');
  const spans = Array.from({ length: 250 }, (_, i) => {
    const hex = (i + 1).toString(16);
    return { id: hex.padStart(16, '0'), trace: hex.padStart(32, '0'), service: 'flood', name: 'span', at: i, lasts: 1 };
  });
  await store.ingestJson('traces', testTraces(base, spans));
  const batch = await next();
  expect([batch.traces.length, batch.dropped]).toEqual([200, 50]);
  expect(batch.traces.at(-1)?.startNs).toBe(`${base + 249}000000`);
});

test('a query that cannot be read closes the connection and says why', async () => {
  const { closed } = await tail('{ .a | }');
  expect(await closed).toEqual({
    code: 1008,
    reason: 'invalid TraceQL query: parse error at line 1, col 6: syntax error: unexpected |',
  });
});
