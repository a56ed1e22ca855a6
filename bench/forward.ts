import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { ForwardConfig, ForwardStats } from '../src/shared/engine-messages';
import type { Benchmark, Row } from './benchmark';
import type { Programs } from './build-programs';
import { EngineProcess, generateLoad } from './engine-process';
import { cpuSeconds, residentBytes } from './process-usage';

const IN_FLIGHT = 16;
const PACED_RATE = 20_000;
const MEBIBYTE = 1024 * 1024;
/** Drops what `http.url` and its like hold, and masks numbers of cards in every string. */
const RULES: ForwardConfig['redaction'] = [
  { action: 'drop', keys: 'url\\..*', enabled: true },
  { action: 'mask', values: '\\b\\d{4}-\\d{4}-\\d{4}-\\d{4}\\b', replacement: '****', enabled: true },
];

interface Run {
  name: string;
  rate: number | null;
  /** What forwarding meets; null: it is off. */
  sink: 'takes' | 'hangs' | null;
  redaction: ForwardConfig['redaction'];
}

/** Ingest of spans over gRPC with forwarding off and on, one after the other. */
export const benchForward: Benchmark = async ({ programs, seconds }) => {
  const rows: Row[] = [];
  for (const rate of [PACED_RATE, null]) {
    const at = rate === null ? 'full speed' : `${rate}/s`;
    const cases: Run[] = [
      { name: `off, ${at}`, rate, sink: null, redaction: [] },
      { name: `on, ${at}`, rate, sink: 'takes', redaction: [] },
      { name: `on, two rules, ${at}`, rate, sink: 'takes', redaction: RULES },
      { name: `on, cloud hangs, ${at}`, rate, sink: 'hangs', redaction: [] },
    ];
    let off: number | undefined;
    for (const run of cases) {
      const row = await measure(programs, run, Math.min(seconds, 20));
      off ??= row['CPU µs/span'] as number;
      rows.push({ ...row, 'CPU against off': (row['CPU µs/span'] as number) / off });
    }
  }
  return rows;
};

async function measure(programs: Programs, run: Run, seconds: number): Promise<Row> {
  const engine = EngineProcess.start(programs.engine);
  const ports = await engine.ready();
  const sink = run.sink && fork(programs.otlpSink, run.sink === 'hangs' ? ['hang'] : []);
  if (sink) await forwardTo(engine, sink, run.redaction);
  const cpuBefore = cpuSeconds(engine.pid);
  const started = performance.now();
  const order = { transport: 'grpc', port: ports.otlpGrpc, signal: 'traces', inFlight: IN_FLIGHT } as const;
  const load = await generateLoad(programs.generateLoad, { ...order, seconds, rate: run.rate });
  const elapsed = (performance.now() - started) / 1000;
  const forwarded = await settle(engine, sink !== null && run.sink === 'takes');
  const cpu = cpuSeconds(engine.pid) - cpuBefore;
  const row: Row = {
    forwarding: run.name,
    'accepted/s': Math.round(load.accepted / elapsed),
    'CPU µs/span': (cpu / Math.max(1, load.accepted)) * 1e6,
    'answer p50 ms': load.answerP50,
    'answer p95 ms': load.answerP95,
    'peak MB': Math.round(residentBytes(engine.pid).peak / MEBIBYTE),
    accepted: load.accepted,
    sent: forwarded?.sent.spans ?? 0,
    dropped: forwarded?.dropped.spans ?? 0,
    'B/span sent': forwarded && forwarded.sent.spans > 0 ? forwarded.bytes / forwarded.sent.spans : 0,
  };
  process.stderr.write(`${JSON.stringify(row)}\n`);
  sink?.kill();
  await engine.stop();
  return row;
}

async function forwardTo(engine: EngineProcess, sink: ChildProcess, redaction: ForwardConfig['redaction']) {
  const [port] = (await once(sink, 'message')) as [number];
  const destinations = [{ id: 'sink', endpoint: `http://127.0.0.1:${port}`, headers: {} }];
  engine.child.send({ type: 'forward', requestId: 'bench', forward: { destinations, redaction } });
  await engine.until((message) => (message.type === 'forwarding' ? true : undefined));
}

/** Until everything is stored and, where it can be, sent. */
function settle(engine: EngineProcess, isTaken: boolean): Promise<ForwardStats | null> {
  let forwarded: ForwardStats | null = null;
  return engine.until((message) => {
    if (message.type === 'forward-stats') forwarded = message.stats[0] ?? null;
    if (message.type !== 'stats' || message.stats.backlogBytes > 0) return undefined;
    return isTaken && forwarded?.queuedRequests !== 0 ? undefined : forwarded;
  });
}
