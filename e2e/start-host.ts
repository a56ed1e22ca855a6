import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ReadyLine } from '../src/cli/text/describe-ready';

interface CliEnd {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface TestHost extends ReadyLine {
  home: string;
  process: ChildProcess;
  /** Runs a CLI command on this host's home. */
  cli(...args: string[]): Promise<CliEnd>;
  /** The same with a text on its standard input, as a secret comes. */
  cliGiven(input: string, ...args: string[]): Promise<CliEnd>;
  stop(): Promise<void>;
}

export const cliPath = 'out/node/cli.cjs';

const portFlags = [
  '--port',
  '--otlp-grpc-port',
  '--otlp-http-port',
  '--tempo-port',
  '--loki-port',
  '--prometheus-port',
];
/** Arguments of `serve` that take any free port for everything. */
export const freePorts = portFlags.flatMap((flag) => [flag, '0']);

/** A real `watchtower serve` of the built program on free ports and a home of its own. */
export async function startHost(
  home?: string,
  variables: NodeJS.ProcessEnv = {},
  flags: readonly string[] = [],
): Promise<TestHost> {
  const folder = home ?? (await mkdtemp(join(tmpdir(), 'watchtower-e2e-')));
  const env = {
    ...process.env,
    WATCHTOWER_HOME: folder,
    WATCHTOWER_AGENT_HOME: join(folder, 'agents'),
    WATCHTOWER_TEST: '1',
    NO_COLOR: '1',
    ...variables,
  };
  const child = spawn(process.execPath, [cliPath, 'serve', '--json', '--no-open', ...freePorts, ...flags], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => String(text)),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`serve ended with ${code}: ${complaint}`))),
  ]);
  return {
    ...(JSON.parse(line) as ReadyLine),
    home: folder,
    process: child,
    cli: (...args) => runCli(args, env),
    cliGiven: (input, ...args) => runCli(args, env, input),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
      if (home === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a command of the built CLI to its end; `input` is all that it can read. */
export async function runCli(args: string[], env: NodeJS.ProcessEnv, input = ''): Promise<CliEnd> {
  // Who runs the tests, a person or an agent, changes nothing of what commands print.
  const child = spawn(process.execPath, [cliPath, ...args], { env: { WATCHTOWER_AGENT: '0', ...env }, stdio: 'pipe' });
  // One that reads nothing may have ended by now.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
