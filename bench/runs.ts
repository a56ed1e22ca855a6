import { startHost } from '../e2e/start-host';
import type { EnginePorts } from '../src/shared/engine-messages';
import { diffRuns } from '../src/shared/run-diff/diff-runs';
import { RunSummary, type RunTelemetry } from '../src/shared/runs/run-summary';
import type { Benchmark, Row } from './benchmark';
import { buildNode } from './build-programs';
import { EngineProcess, generateLoad } from './engine-process';
import { fillEngine } from './fill-engine';
import { measureJudging } from './judging';
import { largeSummary } from './large-summary';
import { measureLiveFindings } from './live-findings';
import { quantile } from './quantile';
import { measureRunCommand } from './run-command';

interface Bound {
  readonly bound: number;
  /** Of which it is. */
  readonly at: 'p50' | 'p95';
  /** Milliseconds where it is not said. */
  readonly unit?: string;
}

const DIFFS = 5;
const BARRIERS = 40;
const HOUR_MS = 3_600_000;
/** What another caller of the engine may wait meanwhile. */
const OTHERS_MS = 250;
/** The first of an engine that has just started take several times as long: their code is not compiled yet. */
const SUMMARIES = [
  { spans: 10_000, rounds: 15, what: 'summary of 10,000 spans', bound: 100 },
  { spans: 100_000, rounds: 7, what: 'findings over 100,000 spans, with the summary', bound: 1000 },
  { spans: 1_000_000, rounds: 5, what: 'summary of 1,000,000 spans', bound: 3000 },
];

/**
 * What runs cost, each with its bound: summaries of 10 thousand, 100 thousand and a million spans, alone and beside another API's caller,
 * and what that one waits meanwhile; the barrier, idle and with spans arriving; findings that are followed live; the difference of two summaries; a run of
 * `true`; how soon a wait notices, and how fast a case is judged.
 */
export const benchRuns: Benchmark = async ({ programs, seconds }) => {
  const rows: Row[] = [];
  const engine = EngineProcess.start(programs.engine);
  try {
    const ports = await engine.ready();
    let stored = 0;
    for (const { spans, rounds, what, bound } of SUMMARIES) {
      await fillEngine(engine, programs.generateLoad, ports, 'traces', spans - stored);
      stored = spans;
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) times.push(await summarize(ports.tempo, spans));
      rows.push(rowOf(what, { bound, at: 'p50' }, times));
      const { others, longestWait } = await summarizeBeside(ports, spans, rounds);
      rows.push(rowOf('  with another caller that asks without a pause', null, others));
      rows.push(rowOf('  longest wait of that caller', { bound: OTHERS_MS, at: 'p95' }, [longestWait]));
    }
    rows.push(rowOf('barrier, idle', null, await measureBarrier(ports)));
    const load = generateLoad(programs.generateLoad, {
      ...{ transport: 'grpc', port: ports.otlpGrpc, signal: 'traces', seconds: Math.min(seconds, 20), rate: 20_000 },
      inFlight: 16,
    });
    rows.push(rowOf('barrier, 20k spans/s', null, await measureBarrier(ports)));
    await load;
  } finally {
    await engine.stop();
  }
  const { more, answers } = await measureLiveFindings(programs);
  rows.push(rowOf('findings followed live at 20k spans/s, an answer', null, answers));
  const percent = more.map((part) => 100 * part);
  rows.push(rowOf('  CPU of the engine beyond its own', { bound: 5, at: 'p50', unit: '%' }, percent));
  rows.push(rowOf('difference of two large summaries', { bound: 200, at: 'p50' }, measureDiff()));
  buildNode();
  const host = await startHost();
  try {
    rows.push(rowOf('`run -- true` beyond `true`', { bound: 150, at: 'p50' }, await measureRunCommand(host)));
    const { waits, cases } = await measureJudging(host);
    rows.push(rowOf('acknowledged to noticed by wait', { bound: 150, at: 'p95' }, waits));
    rows.push(rowOf('a case whose data is there', { bound: 300, at: 'p95' }, cases));
  } finally {
    await host.stop();
  }
  return rows;
};

/** Summaries while somebody else asks as fast as answers come, which takes a core of its own: what either waits for the other. */
async function summarizeBeside(
  { tempo, loki }: EnginePorts,
  spans: number,
  rounds: number,
): Promise<{ others: number[]; longestWait: number }> {
  const others: number[] = [];
  let longestWait = 0;
  for (let round = 0; round < rounds; round++) {
    let isDone = false;
    const beside = (async () => {
      while (!isDone) longestWait = Math.max(longestWait, await timed(`http://127.0.0.1:${loki}/ready`));
    })();
    try {
      others.push(await summarize(tempo, spans));
    } finally {
      isDone = true;
      await beside;
    }
  }
  return { others, longestWait };
}

async function summarize(tempo: number, spans: number): Promise<number> {
  const window = new URLSearchParams({ start: `${Date.now() - HOUR_MS}`, end: `${Date.now() + HOUR_MS}` });
  const began = performance.now();
  // As the host asks.
  const headers = { 'accept-encoding': 'identity' };
  const answer = await fetch(`http://127.0.0.1:${tempo}/watchtower/run?${window}`, { headers });
  if (!answer.ok) throw new Error(`the summary of ${spans} spans was refused: ${await answer.text()}`);
  const summary = (await answer.json()) as RunTelemetry;
  const took = performance.now() - began;
  if (summary.spans < spans) throw new Error(`only ${summary.spans} of ${spans} spans were summarised`);
  return took;
}

async function measureBarrier({ tempo }: EnginePorts): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < BARRIERS; round++)
    times.push(await timed(`http://127.0.0.1:${tempo}/watchtower/settled?timeout=30000`));
  return times;
}

/** From two files to their difference. */
function measureDiff(): number[] {
  const [before, after] = [largeSummary(1), largeSummary(2)].map((summary) => JSON.stringify(summary));
  return Array.from({ length: DIFFS }, () => {
    const began = performance.now();
    const diff = diffRuns(RunSummary.parse(JSON.parse(before!)), RunSummary.parse(JSON.parse(after!)));
    if ('problem' in diff) throw new Error(diff.problem.message);
    return performance.now() - began;
  });
}

function rowOf(what: string, bound: Bound | null, times: readonly number[]): Row {
  const sorted = times.toSorted((a, b) => a - b);
  const [p50, p95] = [quantile(sorted, 0.5), quantile(sorted, 0.95)];
  const unit = bound?.unit ?? 'ms';
  const isMet = bound && (bound.at === 'p50' ? p50 : p95) <= bound.bound;
  const row = {
    ...{ what, p50, p95, most: sorted.at(-1) ?? 0, unit },
    bound: bound ? `${bound.at} ≤ ${bound.bound} ${unit}` : '',
    met: bound ? (isMet ? 'yes' : 'NO') : '',
  };
  process.stderr.write(`${JSON.stringify(row)}\n`);
  return row;
}

async function timed(url: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(url);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return performance.now() - began;
}
