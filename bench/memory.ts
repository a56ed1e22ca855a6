import type { Benchmark, Row } from './benchmark';
import { EngineProcess, generateLoad } from './engine-process';
import { cpuSeconds, residentBytes } from './process-usage';

const IDLE_SECONDS = 20;
const LOADED_RATE = 50_000;
const MEBIBYTE = 1024 * 1024;
const SAMPLE_MS = 250;

/** Resident memory of the engine: idle, at 50,000 spans a second, and after it. */
export const benchMemory: Benchmark = async ({ programs, seconds }) => {
  const engine = EngineProcess.start(programs.engine);
  const ports = await engine.ready();
  const rows: Row[] = [await sampled('idle', engine, pause(IDLE_SECONDS * 1000))];
  const load = generateLoad(programs.generateLoad, {
    transport: 'grpc',
    port: ports.otlpGrpc,
    signal: 'traces',
    seconds,
    rate: LOADED_RATE,
    inFlight: 16,
  });
  rows.push(await sampled(`${LOADED_RATE} spans/s`, engine, load));
  rows.push(await sampled('idle after it', engine, pause(IDLE_SECONDS * 1000)));
  await engine.stop();
  return rows;
};

async function sampled(run: string, engine: EngineProcess, phase: Promise<unknown>): Promise<Row> {
  const samples: number[] = [];
  const cpuBefore = cpuSeconds(engine.pid);
  const started = performance.now();
  const timer = setInterval(() => samples.push(residentBytes(engine.pid).now), SAMPLE_MS);
  await phase;
  clearInterval(timer);
  const elapsed = (performance.now() - started) / 1000;
  samples.sort((a, b) => a - b);
  return {
    run,
    seconds: elapsed,
    'median MB': Math.round((samples[samples.length >> 1] ?? 0) / MEBIBYTE),
    'peak MB': Math.round((samples.at(-1) ?? 0) / MEBIBYTE),
    cores: (cpuSeconds(engine.pid) - cpuBefore) / elapsed,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
