import { setTimeout as pause } from 'node:timers/promises';
import { startOtlpSink } from '../../e2e/otlp-sink';
import type { ForwardConfig } from '../../src/shared/engine-messages';
import { EngineProcess } from '../engine-process';
import { openGrpcSender } from '../load/send-batch';
import { countMissing } from './count-missing';
import { findSpans, type SpanCensus } from './find-spans';
import { SpanSource } from './span-source';

export interface ToggleReport {
  toggles: number;
  /** Milliseconds from the command to the engine's answer. */
  slowestToggleMs: number;
  acknowledged: number;
  spansPerSecond: number;
  /** Spans sent and acknowledged between the answer to a switching on and the next switching off. */
  within: number;
  /** Of them, those that the sink does not have. */
  missingAtSink: number;
  /** Requests that the sink had to take twice (at least once is promised). */
  doubledAtSink: number;
  census: SpanCensus;
}

const ENGINE = 'out/node/engine.mjs';
const LANES = 4;
/** 20 spans each: 1,000 spans/s together. */
const PACE_MS = 80;
const STAY_MS = 100;
const TOKEN = 'soak-token';

/** Switches forwarding on and off under load; then looks for every span where it has to be. */
export async function toggleForwarding(times: number, say: (text: string) => void): Promise<ToggleReport> {
  const sink = await startOtlpSink();
  const engine = EngineProcess.start(ENGINE);
  const ports = await engine.ready();
  const acknowledged = new Map<string, string[]>();
  const within = new Set<string>();
  // Odd while on.
  let period = 0;
  let ending = false;
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const source = new SpanSource(lane);
    const sender = openGrpcSender(ports.otlpGrpc, 'traces', 1);
    while (!ending) {
      const { batch, traceId, spanIds } = source.next();
      let sentIn = period;
      while ((await sender.send(batch)) !== 'accepted') {
        await pause(50);
        sentIn = period;
      }
      acknowledged.set(traceId, [...(acknowledged.get(traceId) ?? []), ...spanIds]);
      if (period % 2 === 1 && period === sentIn) for (const id of spanIds) within.add(id);
      await pause(PACE_MS);
    }
    sender.close();
  });
  const started = performance.now();
  let slowest = 0;
  for (let toggle = 1; toggle <= times; toggle++) {
    const from = performance.now();
    const isOn = toggle % 2 === 1;
    if (!isOn) period++;
    await forward(engine, isOn ? [{ id: 'sink', endpoint: sink.url, headers: { 'x-sumo-token': TOKEN } }] : []);
    if (isOn) period++;
    slowest = Math.max(slowest, performance.now() - from);
    if (toggle % 50 === 0) say(`${toggle} switches, ${acknowledged.size} traces\n`);
    await pause(Math.random() * 2 * STAY_MS);
  }
  ending = true;
  await Promise.all(lanes);
  const seconds = (performance.now() - started) / 1000;
  const missing = await countMissing(sink, within);
  const arrived = sink.spanIds();
  const census = await findSpans(`http://127.0.0.1:${ports.tempo}`, acknowledged);
  await engine.stop();
  await sink.close();
  const count = [...acknowledged.values()].reduce((sum, ids) => sum + ids.length, 0);
  if (sink.requests.some(({ headers }) => headers['x-sumo-token'] !== TOKEN)) throw new Error('a header was missing');
  return {
    toggles: times,
    slowestToggleMs: Math.round(slowest),
    acknowledged: count,
    spansPerSecond: Math.round(count / seconds),
    within: within.size,
    missingAtSink: missing,
    doubledAtSink: arrived.length - new Set(arrived).size,
    census,
  };
}

async function forward(engine: EngineProcess, destinations: ForwardConfig['destinations']): Promise<void> {
  const requestId = String(Math.random());
  const answered = engine.until((message) =>
    message.type === 'forwarding' && message.requestId === requestId ? (message.problem ?? true) : undefined,
  );
  engine.child.send({ type: 'forward', requestId, forward: { destinations, redaction: [] } });
  const problem = await answered;
  if (problem !== true) throw new Error(problem.message);
}
