import { startOtlpSink } from '../../e2e/otlp-sink';
import type { ForwardConfig } from '../../src/shared/engine-messages';
import { EngineProcess } from '../engine-process';
import { countMissing } from './count-missing';
import { findSpans, type SpanCensus } from './find-spans';
import { toggleUnderLoad } from './toggle-under-load';

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
const STAY_MS = 100;
const TOKEN = 'soak-token';

/** Switches forwarding on and off under load; then looks for every span where it has to be. */
export async function toggleForwarding(times: number, say: (text: string) => void): Promise<ToggleReport> {
  const sink = await startOtlpSink();
  const engine = EngineProcess.start(ENGINE);
  const ports = await engine.ready();
  const destinations = [{ id: 'sink', endpoint: sink.url, headers: { 'x-sumo-token': TOKEN } }];
  const { acknowledged, within, spans, spansPerSecond, slowestToggleMs } = await toggleUnderLoad(
    {
      otlpGrpcPort: ports.otlpGrpc,
      toggle: (isOn) => forward(engine, isOn ? destinations : []),
      stayMs: () => Math.random() * 2 * STAY_MS,
      onToggle: (toggle, traces) => {
        if (toggle % 50 === 0) say(`${toggle} switches, ${traces} traces\n`);
      },
    },
    times,
  );
  const missing = await countMissing(sink, within);
  const arrived = sink.spanIds();
  const census = await findSpans(`http://127.0.0.1:${ports.tempo}`, acknowledged);
  await engine.stop();
  await sink.close();
  if (sink.requests.some(({ headers }) => headers['x-sumo-token'] !== TOKEN)) throw new Error('a header was missing');
  return {
    toggles: times,
    slowestToggleMs,
    acknowledged: spans,
    spansPerSecond,
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
