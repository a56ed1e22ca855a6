import { RunSummarizer } from '../run-summary/run-summarizer';
import type { MetricFact, RunSummary } from '../runs/run-summary';
import {
  call,
  internal,
  type MadeTrace,
  makeWork,
  query,
  server,
  times,
  type Work,
} from '../shapes/make-traces.test-data';
import type { LineFacts } from '../shapes/span-facts';

export const faults = [
  'lost index',
  'N+1',
  'retry storm',
  'swallowed exception',
  'sequential fan-out',
  'missing await',
  'new error',
  'leaked connection',
  'log flood',
  'changed query count',
  'slower dependency',
  'lost propagation',
] as const;
export type Fault = (typeof faults)[number];

/** Numbers from 0 up to 1 that follow from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface ShopRun {
  readonly seed: number;
  readonly fault?: Fault;
  /** How often each kind of request comes. */
  readonly requests?: number;
  /** Standard deviation of durations, as a share of them. */
  readonly noise?: number;
  /** How many times as long everything takes. */
  readonly machine?: number;
  /** Share of the orders that are not in the cache: another query and a line. */
  readonly missed?: number;
}

const prices = 'http://prices.internal:8081';

export interface ShopTelemetry {
  readonly traces: readonly MadeTrace[];
  readonly lines: readonly LineFacts[];
  readonly metrics: readonly MetricFact[];
}

/**
 * What a run of a small shop sends: the same requests each time, with times that vary (noise of every span, pauses of the collector, one
 * request that takes a second, a machine that is a little slower), in another order.
 */
export function shopTelemetry({
  seed,
  fault,
  requests = 20,
  noise = 0.2,
  machine = 1,
  missed = 0,
}: ShopRun): ShopTelemetry {
  const random = seeded(seed);
  const drift = machine * (0.95 + 0.1 * random());
  const jitter = (ms: number) => {
    const bell = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const pause = random() < 0.005 ? 10 + 50 * random() : 0;
    return ms * drift * Math.exp(noise * bell) + pause;
  };
  const misses = times(requests, () => missed > 0 && random() < missed);
  const works: Work[][] = [
    ...times(requests, (id) => getOrder(id, fault, misses[id])),
    ...times(requests, (id) => [checkout(id, fault)]),
    ...times(requests, () => [report(fault)]),
  ];
  const outlier = Math.floor(random() * works.length);
  const traces = works.flatMap((roots, index): MadeTrace[] => {
    const startMs = 1_790_000_000_000 + Math.floor(index * 7 + random() * 20);
    const slow = index === outlier ? 1000 : 0;
    return roots.map((root) => makeWork(slow > 0 ? { ...root, ms: 1000 } : root, { startMs, random, jitter }));
  });
  return {
    traces: shuffled(traces, random),
    lines: shuffled(
      [...linesOf(requests, fault, random), ...misses.flatMap((miss) => (miss ? [missedLine] : []))],
      random,
    ),
    metrics: metricsOf(requests, fault, random),
  };
}

/** A summary of such a run, made of whole traces as any run's. */
export function shopRun(run: ShopRun): RunSummary {
  const { traces, lines, metrics } = shopTelemetry(run);
  const { seed } = run;
  const summarizer = new RunSummarizer();
  for (const trace of traces) summarizer.addTrace(trace);
  for (const line of lines) summarizer.addLine(line);
  for (const metric of metrics) summarizer.addMetric(metric);
  return {
    version: 1,
    run: {
      id: `shop${seed
        .toString(36)
        .replace(/[^a-z2-7]/g, '2')
        .padStart(4, 'a')
        .slice(-4)}`,
      name: 'shop',
      command: ['node', 'shop.js'],
      folder: '/work/shop',
      ...{ startedAt: 1_790_000_000_000, endedAt: 1_790_000_003_000, exitCode: 0 },
    },
    telemetry: summarizer.finish(),
  };
}

const missedLine: LineFacts = { service: 'shop', level: 'info', line: 'read anew' };

function getOrder(id: number, fault?: Fault, isMissed = false): Work[] {
  const items = 'SELECT * FROM items WHERE order_id';
  const price = server('prices', 'GET /price/{id}', {
    below: [
      query('prices', `SELECT price FROM prices WHERE id = ${id}`, { ms: fault === 'slower dependency' ? 60 : 4 }),
    ],
  });
  const lost = fault === 'lost propagation';
  const root = server('shop', 'GET /orders/{id}', {
    below: [
      query('shop', `SELECT * FROM orders WHERE id = ${id}`, { ms: 3 }),
      ...(isMissed ? [query('shop', `UPDATE cache SET orders = ${id}`, { ms: 3 })] : []),
      ...(fault === 'N+1'
        ? times(8, (item) => query('shop', `SELECT * FROM items WHERE id = ${100 * id + item}`, { ms: 1 }))
        : [query('shop', `${items} = ${id}`, { ms: fault === 'lost index' ? 45 : 3 })]),
      ...(fault === 'changed query count' ? [query('shop', `SELECT name FROM customers WHERE id = ${id}`)] : []),
      call('shop', `GET ${prices}/price/${id}`, { ms: undefined, ...(lost ? { ms: 12 } : { below: [price] }) } as Work),
    ],
  });
  return lost ? [root, { ...price, at: 8 }] : [root];
}

function checkout(id: number, fault?: Fault): Work {
  const pay = (error?: string) =>
    call('shop', `POST http://pay.internal:8082/charge`, { ms: 12, ...(error ? { error } : {}) });
  const fails = fault === 'new error' && id % 4 === 0;
  const exception = { type: 'TypeError', message: "Cannot read properties of undefined (reading 'total')" };
  return server('shop', 'POST /checkout', {
    ...(fails ? { error: '500' } : {}),
    ...(fault === 'missing await' ? { ms: 20 } : {}),
    below: [
      internal('shop', 'total', { ms: 2, ...(fails ? { error: 'failed', exception } : {}) }),
      ...(fault === 'retry storm' && id % 2 === 0 ? times(4, () => pay('503')) : []),
      pay(),
      internal('shop', 'audit', {
        ms: 3,
        ...(fault === 'swallowed exception'
          ? { error: 'no audit', exception: { type: 'IOError', message: 'disk is read-only' } }
          : {}),
      }),
      query('shop', `INSERT INTO sales (id, total) VALUES (${id}, 12.5)`, { ms: fault === 'missing await' ? 40 : 30 }),
    ],
  });
}

function report(fault?: Fault): Work {
  const at = (index: number) => (fault === 'sequential fan-out' ? {} : { at: 1 + 0.05 * index });
  return server('shop', 'GET /report', {
    below: ['sales', 'stock', 'staff'].map((part, index) =>
      call('shop', `GET http://reports.internal:8083/${part}`, { ms: 30 + 3 * index, ...at(index) }),
    ),
  });
}

function linesOf(requests: number, fault: Fault | undefined, random: () => number): LineFacts[] {
  const line = (level: string, text: string): LineFacts => ({ service: 'shop', level, line: text });
  return [
    line(
      'info',
      `listening on http://localhost:${1000 + Math.floor(random() * 60_000)} in ${(random() * 900).toFixed(1)} ms`,
    ),
    ...times(requests, (id) => line('info', `order ${id} read in ${(random() * 20).toFixed(2)} ms`)),
    ...times(requests, (id) => line('info', `sold order=${id} token=${Math.floor(random() * 1e12).toString(16)}`)),
    ...(fault === 'log flood' ? times(3000, (id) => line('debug', `pricing step ${id}`)) : []),
    ...(fault === 'new error' ? times(requests / 4, () => line('error', 'checkout failed: TypeError')) : []),
  ];
}

function metricsOf(requests: number, fault: Fault | undefined, random: () => number): MetricFact[] {
  const metric = (name: string, type: 'counter' | 'gauge', value: number) => ({ service: 'shop', name, type, value });
  return [
    metric('orders_read', 'counter', requests),
    metric('db_client_connection_count', 'gauge', fault === 'leaked connection' ? 2 + requests : 2),
    metric('process_memory_usage_bytes', 'gauge', 5e7 + 5e7 * random()),
    metric('nodejs_eventloop_utilization', 'gauge', random()),
  ];
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
