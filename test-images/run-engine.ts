import type { EngineConfig } from '../src/shared/engine-messages';
import { runProgram } from './run-program';

/** Ports of the engine inside the container, for those that a front stands before. */
export const behind = { tempo: 13200, loki: 13100, prometheus: 19090, otlpGrpc: 14317, otlpHttp: 14318 };

/** Keeps and answers telemetry with Watchtower's own engine, so that queries of a stand-in are real. */
export function runEngine(dataDir: string, ports: Partial<EngineConfig['ports']>): void {
  const config: EngineConfig = {
    dataDir,
    host: '0.0.0.0',
    ports: { ...behind, ...ports },
    retention: { maxAgeHours: 72, maxBytes: 512 * 1024 * 1024 },
  };
  runProgram(process.execPath, ['/opt/watchtower/engine.mjs', JSON.stringify(config)], 'ignore');
}
