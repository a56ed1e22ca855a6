import { setTimeout as pause } from 'node:timers/promises';
import type { OtlpSink } from '../../e2e/otlp-sink';
import { openGrpcSender } from '../load/send-batch';
import { countMissing } from './count-missing';
import { findSpans, type SpanCensus } from './find-spans';
import { SpanSource } from './span-source';

export interface ToggleStackReport {
  toggles: number;
  slowestToggleMs: number;
  acknowledged: number;
  spansPerSecond: number;
  /** Spans sent and acknowledged between the answer to a switching on and the next switching off. */
  within: number;
  /** Of them, those that a sink does not have, one number a sink. */
  missingAtSinks: readonly number[];
  /** By the stack's own Tempo. */
  census: SpanCensus;
}

export interface ToggledStack {
  otlpGrpcPort: number;
  /** Base URL. */
  tempo: string;
  sinks: readonly OtlpSink[];
  /** Resolves when the switch is made. */
  toggle(enabled: boolean): Promise<void>;
}

const LANES = 4;
/** 20 spans each: 1,000 spans/s together. */
const PACE_MS = 80;
const STAY_MS = 400;

/** Switches the sending to all destinations on and off under load; then looks for every span where it has to be. */
export async function toggleStack(
  stack: ToggledStack,
  times: number,
  say: (text: string) => void,
): Promise<ToggleStackReport> {
  const acknowledged = new Map<string, string[]>();
  const within = new Set<string>();
  // Odd while on.
  let period = 0;
  let ending = false;
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const source = new SpanSource(lane);
    const sender = openGrpcSender(stack.otlpGrpcPort, 'traces', 1);
    while (!ending) {
      const { batch, traceId, spanIds } = source.next();
      const due = performance.now() + PACE_MS;
      let sentIn = period;
      while ((await sender.send(batch)) !== 'accepted') {
        await pause(50);
        sentIn = period;
      }
      acknowledged.set(traceId, [...(acknowledged.get(traceId) ?? []), ...spanIds]);
      if (period % 2 === 1 && period === sentIn) for (const id of spanIds) within.add(id);
      await pause(Math.max(0, due - performance.now()));
    }
    sender.close();
  });
  const started = performance.now();
  let slowest = 0;
  for (let toggle = 1; toggle <= times; toggle++) {
    const isOn = toggle % 2 === 1;
    if (!isOn) period++;
    const from = performance.now();
    await stack.toggle(isOn);
    slowest = Math.max(slowest, performance.now() - from);
    if (isOn) period++;
    if (toggle % 20 === 0) say(`${toggle} switches, slowest ${Math.round(slowest)} ms\n`);
    await pause(STAY_MS);
  }
  ending = true;
  await Promise.all(lanes);
  const seconds = (performance.now() - started) / 1000;
  const missingAtSinks = await Promise.all(stack.sinks.map((sink) => countMissing(sink, within)));
  const census = await findSpans(stack.tempo, acknowledged);
  const count = [...acknowledged.values()].reduce((sum, ids) => sum + ids.length, 0);
  return {
    toggles: times,
    slowestToggleMs: Math.round(slowest),
    acknowledged: count,
    spansPerSecond: Math.round(count / seconds),
    within: within.size,
    missingAtSinks,
    census,
  };
}
