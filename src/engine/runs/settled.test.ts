import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type RunningEngine, send, startTestEngine } from './test-running-engine';

// A whole engine in a process of its own: nothing here waits for anything but the barrier.

let engine: RunningEngine;
beforeAll(async () => {
  engine = await startTestEngine();
}, 60_000);
afterAll(() => engine.close());

const nowNs = () => BigInt(Date.now()) * 1_000_000n;
/** Without a zero in front, which Tempo leaves out. */
const id = (bytes: number) => `a${randomBytes(bytes).toString('hex').slice(1)}`;
const resource = (service: string) => ({
  attributes: [{ key: 'service.name', value: { stringValue: service } }],
});
const settled = () => ask(engine.ports.tempo, '/watchtower/settled', { timeout: '30000' });

function spansOf(service: string, traceId: string, count = 1): object {
  const spans = Array.from({ length: count }, () => ({
    ...{ traceId, spanId: id(8), name: 'work' },
    ...{ startTimeUnixNano: String(nowNs()), endTimeUnixNano: String(nowNs() + 1_000_000n) },
  }));
  return { resourceSpans: [{ resource: resource(service), scopeSpans: [{ spans }] }] };
}

function lineOf(service: string): object {
  const logRecords = [{ timeUnixNano: String(nowNs()), body: { stringValue: 'a line' } }];
  return { resourceLogs: [{ resource: resource(service), scopeLogs: [{ logRecords }] }] };
}

function deltaOf(service: string, value: number): object {
  const timeUnixNano = String(nowNs());
  const startTimeUnixNano = String(nowNs() - 1_000_000_000n);
  const dataPoints = [{ asInt: String(value), startTimeUnixNano, timeUnixNano }];
  const metrics = [{ name: 'work.done', sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints } }];
  return { resourceMetrics: [{ resource: resource(service), scopeMetrics: [{ metrics }] }] };
}

async function expectVisible(service: string, traceId: string, total: number): Promise<void> {
  const { tempo, loki, prometheus } = engine.ports;
  const found = await ask(tempo, '/api/search', { q: `{ resource.service.name = "${service}" }` });
  expect(found.traces.map((trace: { traceID: string }) => trace.traceID)).toEqual([traceId]);
  expect((await ask(tempo, `/api/traces/${traceId}`)).batches).toHaveLength(1);
  const lines = await ask(loki, '/loki/api/v1/query_range', { query: `{service_name="${service}"}` });
  expect(lines.data.result).toHaveLength(1);
  const metric = await ask(prometheus, '/api/v1/query', {
    query: `last_over_time(work_done_total{job="${service}"}[1m])`,
    time: String(Date.now() / 1000 + 1),
  });
  expect(metric.data.result.map(({ value }: { value: [number, string] }) => value[1])).toEqual([String(total)]);
}

describe('/watchtower/settled', () => {
  it.each(['http', 'grpc'] as const)(
    'has everything visible that was acknowledged over %s before',
    async (over) => {
      for (let round = 0; round < 15; round++) {
        const [service, traceId] = [`${over}-${round}`, id(16)];
        await send(engine, over, 'traces', spansOf(service, traceId));
        await send(engine, over, 'logs', lineOf(service));
        await send(engine, over, 'metrics', deltaOf(service, round + 1));
        expect(await settled()).toMatchObject({ settled: true, visible: ['traces', 'logs', 'metrics'] });
        await expectVisible(service, traceId, round + 1);
      }
    },
    60_000,
  );

  it('answers while spans arrive without an end, and has those from before', async () => {
    let flooding = true;
    const flood = Array.from({ length: 3 }, async () => {
      // What is too much may be refused.
      while (flooding) await send(engine, 'grpc', 'traces', spansOf('flood', id(16), 500)).catch(() => {});
    });
    try {
      for (let round = 0; round < 5; round++) {
        const [service, traceId] = [`beside-${round}`, id(16)];
        await send(engine, 'http', 'traces', spansOf(service, traceId));
        await send(engine, 'http', 'logs', lineOf(service));
        await send(engine, 'http', 'metrics', deltaOf(service, 7));
        expect(await settled()).toMatchObject({ settled: true });
        await expectVisible(service, traceId, 7);
      }
    } finally {
      flooding = false;
      await Promise.all(flood);
    }
  }, 60_000);

  it('answers at once where nothing was sent since', async () => {
    await settled();
    expect(await settled()).toMatchObject({ settled: true });
  });

  it('refuses a time-out that is none', async () => {
    const status = async (query: string) =>
      (await fetch(`http://127.0.0.1:${engine.ports.tempo}/watchtower/settled?${query}`)).status;
    for (const query of ['timeout=0', 'timeout=5s', 'timeout=-1', 'timeout=60001'])
      expect(await status(query), query).toBe(400);
  });
});
