import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { engineEnvironment } from '../src/core/backends/embedded/engine-environment';
import type { EngineConfig, EngineMessage, EnginePorts, EngineStats } from '../src/shared/engine-messages';
import type { LoadOrder, LoadReport } from './load/generate-load';

const ANY_PORTS: EnginePorts = { otlpGrpc: 0, otlpHttp: 0, tempo: 0, loki: 0, prometheus: 0 };
const DRAIN_MS = 6000;
/** Nothing that a benchmark waits for takes longer. */
const PATIENCE_MS = 120_000;

/** An engine on a data folder of its own. */
export class EngineProcess {
  stats: EngineStats | null = null;
  private readonly listeners = new Set<(message: EngineMessage) => void>();

  private constructor(
    readonly child: ChildProcess,
    readonly dataDir: string,
  ) {
    child.on('message', (message: EngineMessage) => {
      if (message.type === 'stats') this.stats = message.stats;
      if (message.type === 'problem') process.stderr.write(`engine: ${message.problem.message}\n`);
      for (const listener of this.listeners) listener(message);
    });
  }

  /** Not yet ready: `until` waits for that. */
  static start(program: string, ports: EnginePorts = ANY_PORTS, execArgv: string[] = []): EngineProcess {
    const dataDir = mkdtempSync(join(tmpdir(), 'watchtower-bench-'));
    const retention = { maxAgeHours: 72, maxBytes: 64 * 1024 ** 3 };
    const config: EngineConfig = { dataDir, host: '127.0.0.1', ports, retention };
    return new EngineProcess(fork(program, [JSON.stringify(config)], { execArgv, env: engineEnvironment() }), dataDir);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** What `pick` makes of the first message it answers for; rejects with what it throws, when the engine fails or after two minutes. */
  until<T>(pick: (message: EngineMessage) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const ended = () => finish(() => reject(new Error('the engine ended')));
      const listener = (message: EngineMessage) => {
        if (message.type === 'fatal') finish(() => reject(new Error(JSON.stringify(message.problem))));
        let picked: T | undefined;
        try {
          picked = pick(message);
        } catch (error) {
          return finish(() => reject(error as Error));
        }
        if (picked !== undefined) finish(() => resolve(picked));
      };
      const late = setTimeout(() => finish(() => reject(new Error('the engine does not get there'))), PATIENCE_MS);
      const finish = (settle: () => void) => {
        clearTimeout(late);
        this.listeners.delete(listener);
        this.child.removeListener('exit', ended);
        settle();
      };
      this.listeners.add(listener);
      this.child.once('exit', ended);
    });
  }

  ready(): Promise<EnginePorts> {
    let ports: EnginePorts | undefined;
    return this.until((message) => {
      if (message.type === 'listening') ports = message.ports;
      return message.type === 'ready' ? ports : undefined;
    });
  }

  /** Drains, or kills what does not, and removes the data. Resolves with the exit code. */
  async stop(): Promise<number | null> {
    const exited = once(this.child, 'exit');
    this.child.send({ type: 'drain' });
    const late = setTimeout(() => this.child.kill('SIGKILL'), DRAIN_MS);
    const [code] = await exited;
    clearTimeout(late);
    rmSync(this.dataDir, { recursive: true, force: true });
    return code as number | null;
  }
}

/** Runs the load generator to its end. */
export async function generateLoad(program: string, order: LoadOrder): Promise<LoadReport> {
  const child = spawn(process.execPath, [program, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) last = line;
  return JSON.parse(last) as LoadReport;
}
