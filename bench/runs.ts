import type { EnginePorts } from '../src/shared/engine-messages';
import type { RunTelemetry } from '../src/shared/runs/run-summary';
import type { Benchmark, Row } from './benchmark';
import { EngineProcess, generateLoad } from './engine-process';
import { fillEngine } from './fill-engine';
import { measureJudging } from './judging';
import { quantile } from './quantile';

const ROUNDS = 5;
const BARRIERS = 40;
const HOUR_MS = 3_600_000;

/**
 * Summaries of 10 thousand, 100 thousand and a million spans, and what another API's caller waits meanwhile; then the barrier,
 * idle and with spans arriving, and how soon a wait notices and a case is judged.
 */
export const benchRuns: Benchmark = async ({ programs, seconds }) => {
  const engine = EngineProcess.start(programs.engine);
  const ports = await engine.ready();
  const rows: Row[] = [];
  let stored = 0;
  for (const spans of [10_000, 100_000, 1_000_000]) {
    await fillEngine(engine, programs.generateLoad, ports, 'traces', spans - stored);
    stored = spans;
    rows.push(await measureSummary(ports, spans));
  }
  rows.push(await measureBarrier('barrier, idle', ports));
  const load = generateLoad(programs.generateLoad, {
    ...{ transport: 'grpc', port: ports.otlpGrpc, signal: 'traces', seconds: Math.min(seconds, 20), rate: 20_000 },
    inFlight: 16,
  });
  rows.push(await measureBarrier('barrier, 20k spans/s', ports));
  await load;
  await engine.stop();
  for (const { run, times } of await measureJudging()) rows.push(rowOf(run, times, 0));
  return rows;
};

async function measureSummary({ tempo, loki }: EnginePorts, spans: number): Promise<Row> {
  const times: number[] = [];
  let longestHeld = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let isDone = false;
    const beside = (async () => {
      while (!isDone) longestHeld = Math.max(longestHeld, await timed(`http://127.0.0.1:${loki}/ready`));
    })();
    const window = new URLSearchParams({ start: `${Date.now() - HOUR_MS}`, end: `${Date.now() + HOUR_MS}` });
    const began = performance.now();
    const answer = await fetch(`http://127.0.0.1:${tempo}/watchtower/run?${window}`);
    const summary = (await answer.json()) as RunTelemetry;
    times.push(performance.now() - began);
    isDone = true;
    await beside;
    if (summary.spans < spans) throw new Error(`only ${summary.spans} of ${spans} spans were summarised`);
  }
  return rowOf(`summary of ${spans.toLocaleString('en-US')} spans`, times, longestHeld);
}

async function measureBarrier(name: string, { tempo }: EnginePorts): Promise<Row> {
  const times: number[] = [];
  for (let round = 0; round < BARRIERS; round++)
    times.push(await timed(`http://127.0.0.1:${tempo}/watchtower/settled?timeout=30000`));
  return rowOf(name, times, 0);
}

function rowOf(what: string, times: readonly number[], longestHeld: number): Row {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    what,
    'p50 ms': quantile(sorted, 0.5),
    'p95 ms': quantile(sorted, 0.95),
    'longest wait of another caller, ms': longestHeld,
  };
}

async function timed(url: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(url);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return performance.now() - began;
}
