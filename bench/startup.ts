import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Benchmark, Row } from './benchmark';
import { EngineProcess } from './engine-process';
import { encodeBatch } from './load/batches';
import { openGrpcSender, openHttpSender, type Sender } from './load/send-batch';

const RUNS = 15;
const TRY_EVERY_MS = 2;

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
    const at = (list: number[], q: number) => list.sort((a, b) => a - b)[Math.floor(list.length * q)]!;
    rows.push({
      transport,
      runs: RUNS,
      'first accepted p50 ms': at(accepted, 0.5),
      'first accepted max ms': at(accepted, 0.999),
      'ready p50 ms': at(ready, 0.5),
      'ready max ms': at(ready, 0.999),
    });
  }
  return rows;
};

async function startOnce(program: string, transport: 'grpc' | 'http'): Promise<{ accepted: number; ready: number }> {
  const [otlpGrpc, otlpHttp] = [await freePort(), await freePort()];
  const port = transport === 'grpc' ? otlpGrpc : otlpHttp;
  const batch = encodeBatch('traces', 0);
  batch.patch(1, BigInt(Date.now()) * 1_000_000n);
  const started = performance.now();
  const engine = EngineProcess.start(program, { otlpGrpc, otlpHttp, tempo: 0, loki: 0, prometheus: 0 });
  const ready = engine.ready().then(() => performance.now() - started);
  for (;;) {
    const sender: Sender = (transport === 'grpc' ? openGrpcSender : openHttpSender)(port, 'traces', 1);
    const outcome = await sender.send(batch);
    sender.close();
    if (outcome === 'accepted') break;
    await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
  }
  const accepted = performance.now() - started;
  const result = { accepted, ready: await ready };
  await engine.stop();
  return result;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
