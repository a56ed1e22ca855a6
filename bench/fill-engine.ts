import type { Signal } from '../src/engine/wire/signal';
import type { EnginePorts } from '../src/shared/engine-messages';
import { type EngineProcess, generateLoad } from './engine-process';

const AT_MOST_SECONDS = 600;
const STORED = { traces: 'spans', logs: 'logs', metrics: 'points' } as const;

/** Sends until the engine has stored `items` more of the signal and nothing waits. */
export async function fillEngine(
  engine: EngineProcess,
  loadProgram: string,
  ports: EnginePorts,
  signal: Signal,
  items: number,
): Promise<void> {
  const before = engine.stats?.stored[STORED[signal]] ?? 0;
  const { accepted } = await generateLoad(loadProgram, {
    transport: 'grpc',
    port: ports.otlpGrpc,
    signal,
    seconds: AT_MOST_SECONDS,
    rate: null,
    inFlight: 16,
    items,
  });
  if (accepted < items) throw new Error(`only ${accepted} of ${items} items were accepted`);
  await engine.until(
    (message) =>
      (message.type === 'stats' &&
        message.stats.backlogBytes === 0 &&
        message.stats.stored[STORED[signal]] >= before + accepted) ||
      undefined,
  );
}
