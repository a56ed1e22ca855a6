import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Benchmark, Row } from './benchmark';
import { EngineProcess } from './engine-process';
import { encodeBatch } from './load/batches';
import { openGrpcSender, openHttpSender, type Sender } from './load/send-batch';
import { quantile } from './quantile';

const RUNS = 15;
const TRY_EVERY_MS = 2;
const batch = encodeBatch('traces', 0);
type Transport = 'grpc' | 'http';

/** From the start of the process to the answer to its first span, and to ready. */
export const benchStartup: Benchmark = async ({ programs }) => {
  const rows: Row[] = [];
  for (const transport of ['grpc', 'http'] as const) {
    const accepted: number[] = [];
    const ready: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const once = await startOnce(programs.engine, transport);
      accepted.push(once.accepted);
      ready.push(once.ready);
    }
    rows.push({
      program: `engine, ${transport}`,
      runs: RUNS,
      'first accepted p50 ms': quantile(accepted, 0.5),
      'first accepted max ms': quantile(accepted, 1),
      'ready p50 ms': quantile(ready, 0.5),
      'ready max ms': quantile(ready, 1),
    });
  }
  const bare: number[] = [];
  for (let run = 0; run < RUNS; run++) bare.push(await startBare(programs.bareServer));
  rows.push({
    program: 'bare node:http2 server',
    runs: RUNS,
    'first accepted p50 ms': quantile(bare, 0.5),
    'first accepted max ms': quantile(bare, 1),
    'ready p50 ms': '',
    'ready max ms': '',
  });
  return rows;
};

async function startOnce(program: string, transport: Transport): Promise<{ accepted: number; ready: number }> {
  const [otlpGrpc, otlpHttp] = [await freePort(), await freePort()];
  const started = performance.now();
  const engine = EngineProcess.start(program, { otlpGrpc, otlpHttp, tempo: 0, loki: 0, prometheus: 0 });
  const ready = engine.ready().then(() => performance.now() - started);
  await firstAccepted(transport, transport === 'grpc' ? otlpGrpc : otlpHttp);
  const accepted = performance.now() - started;
  const result = { accepted, ready: await ready };
  await engine.stop();
  return result;
}

async function startBare(program: string): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const server = fork(program, [String(port)], { execArgv: [] });
  await firstAccepted('grpc', port);
  const accepted = performance.now() - started;
  server.disconnect();
  await once(server, 'exit');
  return accepted;
}

/** Sends until it is accepted, on a new connection each time. */
async function firstAccepted(transport: Transport, port: number): Promise<void> {
  batch.patch(Math.floor(performance.now()), BigInt(Date.now()) * 1_000_000n);
  for (;;) {
    const sender: Sender = (transport === 'grpc' ? openGrpcSender : openHttpSender)(port, 'traces', 1);
    const outcome = await sender.send(batch);
    sender.close();
    if (outcome === 'accepted') return;
    await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
