import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Programs } from './build-programs';

const PORTS = ['port', 'otlp-grpc-port', 'otlp-http-port', 'tempo-port', 'loki-port', 'prometheus-port'];

/** `watchtower serve` on a home of its own, as it stands when nobody looks at it. */
export class IdleHost {
  private constructor(
    private readonly child: ChildProcess,
    private readonly home: string,
    readonly pid: number,
    readonly enginePid: number,
  ) {}

  /** Resolves when it is ready. */
  static async start({ cli, engine }: Programs): Promise<IdleHost> {
    const home = mkdtempSync(join(tmpdir(), 'watchtower-bench-home-'));
    const env = { ...process.env, WATCHTOWER_HOME: home, WATCHTOWER_TEST: '1', WATCHTOWER_ENGINE: engine };
    const ports = PORTS.flatMap((name) => [`--${name}`, '0']);
    const child = spawn(process.execPath, [cli, 'serve', '--json', '--no-open', ...ports], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const _ of createInterface({ input: child.stdout! })) break;
    const pid = child.pid!;
    return new IdleHost(child, home, pid, engineOf(pid));
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** The host's only child. */
function engineOf(host: number): number {
  const parentOf = (pid: string) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  };
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const engine = pids.find((pid) => {
    try {
      return parentOf(pid) === host;
    } catch {
      return false;
    }
  });
  if (!engine) throw new Error('the host has no engine');
  return Number(engine);
}
