import type { EnginePorts } from '../src/shared/engine-messages';
import type { SignalExplanation } from '../src/shared/explain/explain-request';
import type { Benchmark, Row } from './benchmark';
import { EngineProcess } from './engine-process';
import { fillEngine } from './fill-engine';
import { quantile } from './quantile';

const MILLION = 1_000_000;
const ROUNDS = 7;
const HOUR_MS = 3_600_000;

/** What differs for selections over 1 and 5 million spans, beside counting the same spans in TraceQL, and what another API's caller waits. */
export const benchExplain: Benchmark = async ({ programs }) => {
  const engine = EngineProcess.start(programs.engine);
  const ports = await engine.ready();
  const rows: Row[] = [];
  for (const millions of [1, 4]) {
    await fillEngine(engine, programs.generateLoad, ports, 'traces', millions * MILLION);
    const spans = millions === 1 ? '1M' : '5M';
    rows.push(await measure(`${spans}, errors`, ports, { errors: true }));
    rows.push(await measure(`${spans}, one operation`, ports, { query: '{ name = "GET /api/orders" }' }));
    rows.push(await measure(`${spans}, an attribute`, ports, { query: '{ .http.request.method = "POST" }' }));
    rows.push(await measure(`${spans}, slowest`, ports, { slowerThanMs: 5.9 }));
  }
  await engine.stop();
  return rows;
};

async function measure(what: string, ports: EnginePorts, selection: object): Promise<Row> {
  const times: number[] = [];
  const counting: number[] = [];
  let longestHeld = 0;
  let answer: SignalExplanation | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const window = { from: Date.now() - HOUR_MS, to: Date.now() + HOUR_MS };
    const request = { signal: 'traces', selection: { window, ...selection }, against: { window } };
    let isDone = false;
    const beside = (async () => {
      while (!isDone) longestHeld = Math.max(longestHeld, await timed(`http://127.0.0.1:${ports.loki}/ready`));
    })();
    const began = performance.now();
    const response = await fetch(`http://127.0.0.1:${ports.tempo}/watchtower/explain`, {
      method: 'POST',
      body: new URLSearchParams({ request: JSON.stringify(request) }),
    });
    if (!response.ok) throw new Error(await response.text());
    answer = (await response.json()) as SignalExplanation;
    times.push(performance.now() - began);
    isDone = true;
    await beside;
    counting.push(await timed(countUrl(ports, window)));
  }
  if (!answer || answer.selection.count === 0) throw new Error(`${what}: nothing was selected`);
  const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
  return {
    what,
    selected: answer.selection.count,
    'p50 ms': p50,
    'p95 ms': p95,
    '× rate() by service and name': p50 / quantile(counting, 0.5),
    'longest wait of another caller, ms': longestHeld,
  };
}

/** The same spans counted by service and name: what any grouping of them takes. */
function countUrl({ tempo }: EnginePorts, { from, to }: { from: number; to: number }): string {
  const q = '{ } | count_over_time() by (resource.service.name, name)';
  const range = { start: String(Math.floor(from / 1000)), end: String(Math.ceil(to / 1000)) };
  return `http://127.0.0.1:${tempo}/api/metrics/query?${new URLSearchParams({ q, ...range })}`;
}

async function timed(url: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(url);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return performance.now() - began;
}
