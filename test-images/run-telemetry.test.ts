import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunTelemetryReader } from '../src/core/runs/telemetry/run-telemetry-reader';
import { LokiClient } from '../src/core/telemetry/loki-client';
import { PrometheusClient } from '../src/core/telemetry/prometheus-client';
import { TempoClient } from '../src/core/telemetry/tempo-client';
import { type RunningEngine, send, startTestEngine } from '../src/engine/runs/test-running-engine';
import { otlpLogs, otlpTraces } from '../src/engine/tempo/test-run-telemetry';
import type { Run } from '../src/shared/runs/run';
import { call, type MadeTrace, makeWork, query, server, times } from '../src/shared/shapes/make-traces.test-data';

// One engine, asked as the embedded backend sums a run up, and as any Tempo, Loki and Prometheus are asked.

const RUN = 'abcdefgh';
let engine: RunningEngine;
beforeAll(async () => {
  engine = await startTestEngine();
}, 60_000);
afterAll(() => engine.close());

function readerOf(summarizesRuns: boolean, otlp = true): RunTelemetryReader {
  const endpoint = (port: number) => () => ({ base: `http://127.0.0.1:${port}` });
  const { ports } = engine;
  return new RunTelemetryReader({
    tempo: new TempoClient(endpoint(ports.tempo)),
    loki: new LokiClient(endpoint(ports.loki)),
    prometheus: new PrometheusClient(endpoint(ports.prometheus)),
    endpoint: endpoint(ports.tempo),
    summarizesRuns: () => summarizesRuns,
    otlpHttp: () => (otlp ? `http://127.0.0.1:${ports.otlpHttp}` : null),
  });
}

const startMs = Date.now() - 20_000;
const nanos = (ms: number) => BigInt(startMs + ms) * 1_000_000n;
const run: Run = {
  ...{ id: RUN, name: 'shop', command: ['node', 'shop.js'], folder: '/work/shop', startedAt: startMs, endedAt: null },
  ...{ exitCode: null, state: 'running', pinned: false, traceId: '1'.repeat(32), spanId: 'f'.repeat(16) },
};

/** Requests with what the rules look for: loops of queries, failures, calls of another service. */
function requests(count: number): MadeTrace[] {
  return times(count, (index) =>
    makeWork(
      server('shop', `GET /orders/${index}`, {
        ...(index % 9 === 0 && { error: 'no stock', exception: { type: 'StockError', message: 'none left' } }),
        below: [
          query('shop', 'SELECT * FROM orders'),
          ...times(8, (item) => query('shop', `SELECT * FROM items WHERE id = ${item}`)),
          call('shop', 'GET http://stock:8080/items', { below: [server('stock', 'GET /items')] }),
        ],
      }),
      { startMs: startMs + index * 20 },
    ),
  );
}

function metricsOf(service: string, value: number, id = RUN): object {
  const attributes = Object.entries({ 'service.name': service, 'watchtower.run.id': id }).map(([key, text]) => ({
    key,
    value: { stringValue: text },
  }));
  const point = { asInt: String(value), startTimeUnixNano: String(nanos(0)), timeUnixNano: String(nanos(5000)) };
  const histogram = { ...point, asInt: undefined, count: '4', sum: 10, bucketCounts: ['1', '3'], explicitBounds: [1] };
  const metrics = [
    { name: 'orders.placed', sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints: [point] } },
    { name: 'queue.length', gauge: { dataPoints: [point] } },
    { name: 'order.size', histogram: { aggregationTemporality: 2, dataPoints: [histogram] } },
  ];
  return { resourceMetrics: [{ resource: { attributes }, scopeMetrics: [{ metrics }] }] };
}

describe('the telemetry of a run', () => {
  it('is the same whichever way a backend is asked', async () => {
    const traces = requests(40);
    const [first] = traces;
    await send(engine, 'http', 'traces', otlpTraces(traces, RUN));
    await send(engine, 'http', 'traces', otlpTraces(requests(3), 'bbbbbbbb'));
    const lines = times(130, (index) => ({
      ...{ service: 'shop', line: `order ${index} saved`, severity: index % 10 === 0 ? 17 : 9 },
      ...{ traceId: first!.traceId, timeNs: nanos(index) },
    }));
    await send(engine, 'http', 'logs', otlpLogs(lines, RUN));
    await send(engine, 'http', 'metrics', metricsOf('shop', 7));
    const [own, queried] = [readerOf(true), readerOf(false)];
    expect(await own.settled(30_000)).toBe(true);
    const summary = await own.read(run);
    expect(await queried.read(run)).toEqual(summary);
    expect(summary).toMatchObject({ traces: 40, spans: 40 * 12, leftOut: [] });
    expect(summary.services.map(({ name, logs, errorLogs, metrics }) => [name, logs, errorLogs, metrics])).toEqual([
      ['shop', 130, 13, 3],
      ['stock', 0, 0, 0],
    ]);
    expect(summary.metrics).toEqual([
      { service: 'shop', name: 'order_size', type: 'histogram', value: 4 },
      { service: 'shop', name: 'orders_placed_total', type: 'counter', value: 7 },
      { service: 'shop', name: 'queue_length', type: 'gauge', value: 7 },
    ]);
    const rules = new Set(summary.findings.map(({ rule }) => rule));
    expect([...rules]).toEqual(expect.arrayContaining(['n-plus-one-queries', 'failing-span', 'chatty-logs']));
    const window = { from: startMs - 1000, to: startMs + 15_000 };
    expect(await queried.findings(window)).toEqual(await own.findings(window));
  }, 60_000);

  it('says when the last export came where a command did not flush at its end', async () => {
    const id = 'dddddddd';
    await send(engine, 'http', 'traces', otlpTraces(requests(3), id));
    await send(engine, 'http', 'metrics', metricsOf('shop', 7, id));
    for (const reader of [readerOf(true), readerOf(false)]) {
      expect(await reader.settled(30_000)).toBe(true);
      const leftOut = async (endedAt: number, signal?: string) =>
        (await reader.read({ ...run, id, state: 'ended', endedAt, ...(signal !== undefined && { signal }) })).leftOut;
      // The newest of it is a point of five seconds after the start.
      expect(await leftOut(startMs + 9_000, 'SIGKILL')).toEqual([
        expect.stringMatching(/^The last export came 4\S* s before SIGKILL ended its command/),
      ]);
      expect(await leftOut(startMs + 9_000)).toEqual([expect.stringContaining('before its command ended')]);
      expect(await leftOut(startMs + 5_600, 'SIGKILL')).toHaveLength(1);
      expect(await leftOut(startMs + 5_600)).toEqual([]);
      expect(await leftOut(startMs + 5_100, 'SIGKILL')).toEqual([]);
    }
  }, 60_000);

  it('is all read where there are more lines than a page has, some of one time', async () => {
    const id = 'cccccccc';
    const lines = times(6000, (index) => ({
      ...{ service: 'many', line: `line ${index} of ${randomBytes(2).toString('hex')}`, severity: 9 },
      timeNs: nanos(Math.floor(index / 40)),
    }));
    await send(engine, 'http', 'logs', otlpLogs(lines, id));
    const queried = readerOf(false);
    expect(await queried.settled(30_000)).toBe(true);
    expect((await queried.read({ ...run, id })).services).toMatchObject([{ name: 'many', logs: 6000 }]);
  }, 60_000);

  it('says what could not be asked for', async () => {
    const nobody = () => ({ base: 'http://127.0.0.1:9' });
    const reader = new RunTelemetryReader({
      ...{ tempo: new TempoClient(nobody), loki: new LokiClient(nobody), prometheus: new PrometheusClient(nobody) },
      ...{ endpoint: nobody, summarizesRuns: () => false, otlpHttp: () => 'http://127.0.0.1:9' },
    });
    const { leftOut, traces } = await reader.read(run);
    expect(traces).toBe(0);
    for (const what of ['Traces', 'Log lines', 'Metrics'])
      expect(leftOut).toContainEqual(expect.stringContaining(`${what} could not be asked for`));
    expect(await reader.settled(5000)).toBe(false);
    expect(await readerOf(false, false).settled(5000)).toBe(false);
  }, 60_000);
});
