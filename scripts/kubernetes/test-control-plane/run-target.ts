import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../../..');

export interface EndedTarget {
  code: number | null;
  /** What it printed, to either stream. */
  text: string;
}

/** Runs `make TARGET` with what is installed, in an environment of its own. */
export async function runTarget(target: string, env: NodeJS.ProcessEnv): Promise<EndedTarget> {
  const child = start(target, env);
  let text = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text };
}

/** The same for a target that goes on until it is stopped: `until` is told each line, and ends it by what it makes of one. */
export async function followTarget<Value>(
  target: string,
  env: NodeJS.ProcessEnv,
  until: (line: string) => Value | null,
): Promise<Value> {
  const child = start(target, env);
  const ended = once(child, 'close');
  const said: string[] = [];
  try {
    for await (const line of createInterface({ input: child.stdout! })) {
      said.push(line);
      const value = await until(line);
      if (value !== null) return value;
    }
    throw new Error(`make ${target} ended by itself:\n${said.join('\n')}`);
  } finally {
    // As Ctrl+C does: make and what it started.
    if (child.exitCode === null) process.kill(-child.pid!, 'SIGINT');
    await ended;
  }
}

function start(target: string, env: NodeJS.ProcessEnv): ChildProcess {
  const [name, ...variables] = target.split(' ') as [string, ...string[]];
  const args = ['--no-print-directory', '--old-file=node_modules/.installed', name, ...variables];
  return spawn('make', args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Not as a part of the `make` that runs the tests.
    env: { ...env, MAKEFLAGS: '', MAKELEVEL: '', PATH: `${env.PATH}:${dirname(process.execPath)}` },
  });
}
