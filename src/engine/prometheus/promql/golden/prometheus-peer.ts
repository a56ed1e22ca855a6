import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SelectedSeries } from '../terms/sample-source';
import { encodeRemoteWrite } from './encode-remote-write';

const PROGRAM = 'prometheus';
const SLICE_MS = 300_000;
const READY_WITHIN_MS = 20_000;

/** Whether a real Prometheus is installed to compare with. */
export function hasPrometheus(): boolean {
  return spawnSync(PROGRAM, ['--version']).status === 0;
}

export interface PeerAnswer {
  readonly status: 'success' | 'error';
  readonly error?: string;
  readonly data?: { readonly resultType: string; readonly result: unknown };
}

/** A real Prometheus on a free loopback port and a folder of its own. */
export class PrometheusPeer {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly url: string,
  ) {}

  static async start(): Promise<PrometheusPeer> {
    const folder = await mkdtemp(join(tmpdir(), 'promql-golden-'));
    await writeFile(join(folder, 'prometheus.yml'), 'global: {}\n');
    const address = `127.0.0.1:${await findFreePort()}`;
    const child = spawn(
      PROGRAM,
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${address}`,
        '--web.enable-remote-write-receiver',
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    const peer = new PrometheusPeer(child, folder, `http://${address}`);
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!(await isReady(peer.url))) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await peer.stop();
        throw new Error('Prometheus did not get ready');
      }
      await delay(50);
    }
    return peer;
  }

  /** Writes in slices of time: the head takes samples up to an hour older than its newest. */
  async write(series: readonly SelectedSeries[]): Promise<void> {
    const allTimes = series.flatMap(({ times }) => [times[0]!, times.at(-1)!]);
    const endMs = Math.max(...allTimes);
    for (let startMs = Math.min(...allTimes); startMs <= endMs; startMs += SLICE_MS) {
      const slices = series
        .map((one) => sliceOf(one, startMs, startMs + SLICE_MS))
        .filter(({ times }) => times.length > 0);
      if (slices.length === 0) continue;
      const response = await fetch(`${this.url}/api/v1/write`, {
        method: 'POST',
        headers: { 'Content-Encoding': 'snappy', 'Content-Type': 'application/x-protobuf' },
        body: new Uint8Array(encodeRemoteWrite(slices)),
      });
      if (!response.ok) throw new Error(`remote write: ${response.status} ${await response.text()}`);
    }
  }

  /** `path` is `query` or `query_range`. */
  async query(path: string, parameters: Readonly<Record<string, string>>): Promise<PeerAnswer> {
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method: 'POST',
      body: new URLSearchParams(parameters),
    });
    return (await response.json()) as PeerAnswer;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) {
      const exited = once(this.process, 'exit');
      this.process.kill('SIGKILL');
      await exited;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

function sliceOf({ labels, times, values }: SelectedSeries, startMs: number, endMs: number): SelectedSeries {
  let from = 0;
  while (from < times.length && times[from]! < startMs) from++;
  let to = from;
  while (to < times.length && times[to]! < endMs) to++;
  return { labels, times: times.slice(from, to), values: values.subarray(from, to) };
}

async function isReady(url: string): Promise<boolean> {
  return await fetch(`${url}/-/ready`).then(
    (response) => response.ok,
    () => false,
  );
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
