import type { Signal } from '../src/engine/wire/signal';
import type { EngineStats } from '../src/shared/engine-messages';
import type { Benchmark, Row } from './benchmark';
import { EngineProcess, generateLoad } from './engine-process';
import { measurePlainPipeline } from './peer/measure-plain-pipeline';
import { cpuSeconds, residentBytes } from './process-usage';

const IN_FLIGHT = 16;
const PACED_RATE = 20_000;
const PACED_SECONDS = 20;
const OTHERS_SECONDS = 10;
/** Seconds without a change after which nothing more is expected. */
const SETTLED_STATS = 5;
const MEBIBYTE = 1024 * 1024;
const ITEMS = { traces: 'spans', logs: 'logs', metrics: 'points' } as const;

interface Run {
  transport: 'grpc' | 'http';
  signal: Signal;
  seconds: number;
  rate: number | null;
}

/**
 * Items stored a second, from the first byte sent until every accepted item is counted by the store. Spans over gRPC and
 * the peer run one after the other, for as long; the rest for less.
 */
export const benchIngest: Benchmark = async ({ programs, seconds }) => {
  const measure = (run: Run) => measureEngine(programs.engine, programs.generateLoad, run);
  const rows = [await measure({ transport: 'grpc', signal: 'traces', seconds, rate: null })];
  rows.push(await measurePlainPipeline(programs, seconds, IN_FLIGHT));
  rows.push(await measure({ transport: 'grpc', signal: 'traces', seconds: PACED_SECONDS, rate: PACED_RATE }));
  const others = [
    ['http', 'traces'],
    ['grpc', 'logs'],
    ['http', 'logs'],
    ['grpc', 'metrics'],
    ['http', 'metrics'],
  ] as const;
  for (const [transport, signal] of others) {
    rows.push(await measure({ transport, signal, seconds: Math.min(seconds, OTHERS_SECONDS), rate: null }));
  }
  return rows;
};

async function measureEngine(engineProgram: string, loadProgram: string, run: Run): Promise<Row> {
  const engine = EngineProcess.start(engineProgram);
  const ports = await engine.ready();
  const { transport, signal, seconds, rate } = run;
  const port = transport === 'grpc' ? ports.otlpGrpc : ports.otlpHttp;
  const cpuBefore = cpuSeconds(engine.pid);
  const started = performance.now();
  const load = await generateLoad(loadProgram, { transport, port, signal, seconds, rate, inFlight: IN_FLIGHT });
  const stored = await allStored(engine, signal, load.accepted);
  const storedAt = performance.now();
  const elapsed = (storedAt - started) / 1000;
  const cpu = cpuSeconds(engine.pid) - cpuBefore;
  const row: Row = {
    run: `engine ${transport} ${ITEMS[signal]}${rate === null ? '' : ` at ${rate}/s`}`,
    'stored/s': Math.round(stored.stored[ITEMS[signal]] / elapsed),
    stored: stored.stored[ITEMS[signal]],
    seconds: elapsed,
    'engine cores': cpu / elapsed,
    'CPU µs/item': (cpu / Math.max(1, load.accepted)) * 1e6,
    'load cores': load.cpuSeconds / load.seconds,
    'answer p50 ms': load.answerP50,
    'answer p95 ms': load.answerP95,
    'peak MB': Math.round(residentBytes(engine.pid).peak / MEBIBYTE),
    'B/item on disk': (await diskAfterIdle(engine)) / Math.max(1, load.accepted),
    refused: load.refusedRequests,
    failed: load.failedRequests,
  };
  process.stderr.write(`${JSON.stringify(row)}\n`);
  await engine.stop();
  return row;
}

/**
 * Resolves with the stats in which everything accepted is stored. Samples of one series in one millisecond are one
 * sample, so metrics count as stored when the journal is applied.
 */
function allStored(engine: EngineProcess, signal: Signal, accepted: number): Promise<EngineStats> {
  let unchanged = 0;
  let before = -1;
  return engine.until((message) => {
    if (message.type !== 'stats' || message.stats.backlogBytes > 0) return undefined;
    const stored = message.stats.stored[ITEMS[signal]];
    if (stored >= accepted) return message.stats;
    unchanged = stored === before ? unchanged + 1 : 0;
    before = stored;
    if (unchanged < SETTLED_STATS) return undefined;
    if (signal === 'metrics') return message.stats;
    throw new Error(`${stored} of ${accepted} accepted ${ITEMS[signal]} are stored`);
  });
}

/** Bytes of the data folder when the last checkpoint has shrunk the journal. */
function diskAfterIdle(engine: EngineProcess): Promise<number> {
  let unchanged = 0;
  let before = -1;
  return engine.until((message) => {
    if (message.type !== 'stats') return undefined;
    const { diskBytes } = message.stats;
    unchanged = diskBytes === before ? unchanged + 1 : 0;
    before = diskBytes;
    return unchanged >= SETTLED_STATS ? diskBytes : undefined;
  });
}
