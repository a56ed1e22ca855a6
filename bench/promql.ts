import { encodeOtlpJson } from '../src/engine/otlp/json/encode-otlp-json';
import { createSeries } from '../src/engine/prometheus/promql/create-series';
import { hasPrometheus, PrometheusPeer } from '../src/engine/prometheus/promql/golden/prometheus-peer';
import type { EnginePorts } from '../src/shared/engine-messages';
import type { Benchmark, Row } from './benchmark';
import { EngineProcess } from './engine-process';
import { quantile } from './quantile';

const SERIES = 1000;
const SCRAPE_MS = 15_000;
const SCRAPES = 241;
/** Steps lie between the samples: whether a range takes in its very start depends on the version of Prometheus. */
const BESIDE_SECONDS = 5;
const ROUTES = 20;
const ROUNDS = 40;
const EXPRESSIONS = [
  'sum by (route) (rate(bench_requests_total[5m]))',
  'histogram_quantile(0.95, sum by (le) (rate(bench_requests_total[5m])))',
  'bench_requests_total',
];

type Matrix = { metric: Record<string, string>; values: [number, string][] }[];
type Ask = (parameters: Record<string, string>) => Promise<unknown>;

/** Range queries over 1,000 counters and an hour, by HTTP, beside the installed Prometheus with the same samples. */
export const benchPromql: Benchmark = async ({ programs }) => {
  if (!hasPrometheus()) throw new Error('prometheus is not installed');
  const startMs = (Math.floor(Date.now() / SCRAPE_MS) - SCRAPES) * SCRAPE_MS;
  const engine = EngineProcess.start(programs.engine);
  const ports = await engine.ready();
  const peer = await PrometheusPeer.start();
  try {
    await peer.write(Array.from({ length: SERIES }, (_, index) => peerSeries(index, startMs)));
    for (let scrape = 0; scrape < SCRAPES; scrape++) await sendScrape(ports, startMs, scrape);
    await engine.until((message) => {
      return (message.type === 'stats' && message.stats.stored.points >= SERIES * SCRAPES) || undefined;
    });
    const rows: Row[] = [];
    for (const query of EXPRESSIONS) rows.push(await compare(query, startMs, peer, ports));
    return rows;
  } finally {
    await peer.stop();
    await engine.stop();
  }
};

async function compare(query: string, startMs: number, peer: PrometheusPeer, ports: EnginePorts): Promise<Row> {
  const parameters = {
    query,
    start: String(startMs / 1000 + BESIDE_SECONDS),
    end: String((startMs + (SCRAPES - 1) * SCRAPE_MS) / 1000 + BESIDE_SECONDS),
    step: String(SCRAPE_MS / 1000),
  };
  const ours: Ask = async (asked) => {
    const url = `http://127.0.0.1:${ports.prometheus}/api/v1/query_range`;
    return (await fetch(url, { method: 'POST', body: new URLSearchParams(asked) })).json();
  };
  const theirs: Ask = (asked) => peer.query('query_range', asked);
  requireEqual(matrixOf(await ours(parameters)), matrixOf(await theirs(parameters)), query);
  const [own, other]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    own.push(await timed(() => ours(parameters)));
    other.push(await timed(() => theirs(parameters)));
  }
  return {
    query,
    requests: ROUNDS,
    'p50 ms': quantile(own, 0.5),
    'p95 ms': quantile(own, 0.95),
    'Prometheus p50 ms': quantile(other, 0.5),
    'Prometheus p95 ms': quantile(other, 0.95),
    'ratio of p50': quantile(own, 0.5) / quantile(other, 0.5),
  };
}

async function timed(ask: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await ask();
  return performance.now() - started;
}

function counterAt(index: number, scrape: number): number {
  return 1_000_000 + scrape * (index + 13) + ((scrape * 7919 + index) % 13);
}

function labelsOf(index: number) {
  return { route: `/route/${index % ROUTES}`, le: String(index % 10), worker: `w${index}` };
}

function peerSeries(index: number, startMs: number) {
  const samples = Array.from({ length: SCRAPES }, (_, scrape): [number, number] => [
    startMs + scrape * SCRAPE_MS,
    counterAt(index, scrape),
  ]);
  return createSeries({ __name__: 'bench_requests_total', ...labelsOf(index) }, samples);
}

async function sendScrape(ports: EnginePorts, startMs: number, scrape: number): Promise<void> {
  const dataPoints = Array.from({ length: SERIES }, (_, index) => ({
    startTimeUnixNano: `${startMs}000000`,
    timeUnixNano: `${startMs + scrape * SCRAPE_MS}000000`,
    asDouble: counterAt(index, scrape),
    attributes: Object.entries(labelsOf(index)).map(([key, value]) => ({ key, value: { stringValue: value } })),
  }));
  const sum = { aggregationTemporality: 2, isMonotonic: true, dataPoints };
  const scopeMetrics = [{ metrics: [{ name: 'bench.requests', sum }] }];
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'bench' } }] };
  const answer = await fetch(`http://127.0.0.1:${ports.otlpHttp}/v1/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf' },
    body: Uint8Array.from(encodeOtlpJson('metrics', { resourceMetrics: [{ resource, scopeMetrics }] })),
  });
  if (!answer.ok) throw new Error(`metrics: ${answer.status} ${await answer.text()}`);
}

/** Values by series, without the labels that only OTLP's resource gives. */
function matrixOf(answer: unknown): Map<string, [number, string][]> {
  const { data } = answer as { data?: { result: Matrix } };
  if (!data) throw new Error(JSON.stringify(answer).slice(0, 300));
  return new Map(data.result.map(({ metric: { route, le, worker }, values }) => [[route, le, worker].join(), values]));
}

function requireEqual(ours: ReturnType<typeof matrixOf>, theirs: ReturnType<typeof matrixOf>, query: string): void {
  if (theirs.size === 0 || ours.size !== theirs.size)
    throw new Error(`${query}: ${ours.size} of ${theirs.size} series`);
  for (const [key, values] of theirs) {
    const own = ours.get(key);
    const isSame = values.every(([time, value], at) => {
      const [ownTime, ownValue] = own?.[at] ?? [Number.NaN, ''];
      const difference = Math.abs(Number(ownValue) - Number(value));
      return ownTime === time && (ownValue === value || difference <= 1e-9 * Math.abs(Number(value)));
    });
    if (!isSame || own?.length !== values.length) throw new Error(`${query}: ${key} differs`);
  }
}
