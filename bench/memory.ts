import type { Benchmark, Row } from './benchmark';
import type { Programs } from './build-programs';
import { EngineProcess, generateLoad } from './engine-process';
import { IdleHost } from './idle-host';
import { cpuSeconds, residentBytes } from './process-usage';

const IDLE_SECONDS = 20;
const SETTLE_SECONDS = 60;
const REST_SECONDS = 60;
const LOADED_RATE = 50_000;
const MEBIBYTE = 1024 * 1024;
const SAMPLE_MS = 250;

/** Resident memory and CPU of the engine: idle, at 50,000 spans a second, and after it; then of a whole host at rest. */
export const benchMemory: Benchmark = async ({ programs, seconds }) => {
  const engine = EngineProcess.start(programs.engine);
  const ports = await engine.ready();
  const rows: Row[] = [await sampled('idle', [engine.pid], pause(IDLE_SECONDS * 1000))];
  const load = generateLoad(programs.generateLoad, {
    transport: 'grpc',
    port: ports.otlpGrpc,
    signal: 'traces',
    seconds,
    rate: LOADED_RATE,
    inFlight: 16,
  });
  rows.push(await sampled(`${LOADED_RATE} spans/s`, [engine.pid], load));
  rows.push(await sampled('idle after it', [engine.pid], pause(IDLE_SECONDS * 1000)));
  await engine.stop();
  rows.push(await atRest(programs));
  return rows;
};

/**
 * What `serve` costs while nothing arrives and nobody looks, a minute after its start: host and engine together. CPU time
 * of the processes themselves, so that what else runs on the machine does not count.
 */
async function atRest(programs: Programs): Promise<Row> {
  const host = await IdleHost.start(programs);
  await pause(SETTLE_SECONDS * 1000);
  const row = await sampled('serve at rest', [host.pid, host.enginePid], pause(REST_SECONDS * 1000));
  await host.stop();
  return row;
}

async function sampled(run: string, pids: readonly number[], phase: Promise<unknown>): Promise<Row> {
  const samples: number[] = [];
  const total = (measure: (pid: number) => number) => pids.reduce((sum, pid) => sum + measure(pid), 0);
  const cpuBefore = total(cpuSeconds);
  const started = performance.now();
  const timer = setInterval(() => samples.push(total((pid) => residentBytes(pid).now)), SAMPLE_MS);
  await phase;
  clearInterval(timer);
  const elapsed = (performance.now() - started) / 1000;
  samples.sort((a, b) => a - b);
  return {
    run,
    seconds: elapsed,
    'median MB': Math.round((samples[samples.length >> 1] ?? 0) / MEBIBYTE),
    'peak MB': Math.round((samples.at(-1) ?? 0) / MEBIBYTE),
    '% of a core': (100 * (total(cpuSeconds) - cpuBefore)) / elapsed,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
