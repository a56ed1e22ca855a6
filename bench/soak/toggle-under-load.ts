import { setTimeout as pause } from 'node:timers/promises';
import { openGrpcSender } from '../load/send-batch';
import { SpanSource } from './span-source';

export interface Toggled {
  otlpGrpcPort: number;
  /** Resolves when the switch is made; the first one switches on. */
  toggle(isOn: boolean): Promise<void>;
  /** Milliseconds from one switch to the next. */
  stayMs(): number;
  /** Told after each switch. */
  onToggle(toggle: number, traces: number, slowestMs: number): void;
}

export interface ToggledLoad {
  /** Span ids by trace id. */
  acknowledged: ReadonlyMap<string, string[]>;
  /** Spans sent and acknowledged between the answer to a switching on and the next switching off. */
  within: ReadonlySet<string>;
  spans: number;
  spansPerSecond: number;
  slowestToggleMs: number;
}

const LANES = 4;
/** 20 spans each: 1,000 spans/s together. */
const PACE_MS = 80;

/** Sends spans at a steady pace while forwarding is switched on and off `times` times. */
export async function toggleUnderLoad(
  { otlpGrpcPort, toggle, stayMs, onToggle }: Toggled,
  times: number,
): Promise<ToggledLoad> {
  const acknowledged = new Map<string, string[]>();
  const within = new Set<string>();
  // Odd while on.
  let period = 0;
  let ending = false;
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const source = new SpanSource(lane);
    const sender = openGrpcSender(otlpGrpcPort, 'traces', 1);
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
  for (let count = 1; count <= times; count++) {
    const isOn = count % 2 === 1;
    if (!isOn) period++;
    const from = performance.now();
    await toggle(isOn);
    slowest = Math.max(slowest, performance.now() - from);
    if (isOn) period++;
    onToggle(count, acknowledged.size, Math.round(slowest));
    await pause(stayMs());
  }
  ending = true;
  await Promise.all(lanes);
  const seconds = (performance.now() - started) / 1000;
  const spans = [...acknowledged.values()].reduce((sum, ids) => sum + ids.length, 0);
  const spansPerSecond = Math.round(spans / seconds);
  return { acknowledged, within, spans, spansPerSecond, slowestToggleMs: Math.round(slowest) };
}
