import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '../benchmark';
import type { Programs } from '../build-programs';
import { generateLoad } from '../engine-process';
import { cpuSeconds, residentBytes } from '../process-usage';

const MEBIBYTE = 1024 * 1024;

/** The same load as the engine's gRPC run, against the plain pipeline. */
export async function measurePlainPipeline(programs: Programs, seconds: number, inFlight: number): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-peer-'));
  const file = join(folder, 'peer.duckdb');
  const peer = fork(programs.plainPipeline, [file], { execArgv: [] });
  const pid = peer.pid ?? 0;
  const [{ port }] = (await once(peer, 'message')) as [{ port: number }];
  const cpuBefore = cpuSeconds(pid);
  const started = performance.now();
  const order = { transport: 'grpc', port, signal: 'traces', seconds, rate: null, inFlight } as const;
  const load = await generateLoad(programs.generateLoad, order);
  peer.send('count');
  const [{ rows }] = (await once(peer, 'message')) as [{ rows: number }];
  const elapsed = (performance.now() - started) / 1000;
  if (rows < load.accepted) throw new Error(`the peer stored ${rows} of ${load.accepted}`);
  const cpu = cpuSeconds(pid) - cpuBefore;
  const row: Row = {
    run: 'plain pipeline grpc spans',
    'stored/s': Math.round(rows / elapsed),
    stored: rows,
    seconds: elapsed,
    'engine cores': cpu / elapsed,
    'CPU µs/item': (cpu / Math.max(1, rows)) * 1e6,
    'load cores': load.cpuSeconds / load.seconds,
    'answer p50 ms': load.answerP50,
    'answer p95 ms': load.answerP95,
    'peak MB': Math.round(residentBytes(pid).peak / MEBIBYTE),
    'B/item on disk': statSync(file).size / Math.max(1, rows),
    refused: load.refusedRequests,
    failed: load.failedRequests,
  };
  process.stderr.write(`${JSON.stringify(row)}\n`);
  peer.kill();
  await once(peer, 'exit');
  rmSync(folder, { recursive: true, force: true });
  return row;
}
