import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { RunReport } from '../src/shared/contract/runs';
import { cliPath } from './start-host';

interface EndedRun {
  code: number | null;
  stdout: Buffer;
  stderr: string;
}

export type StartedRun = ChildProcessByStdio<Writable, Readable, Readable> & { done: Promise<EndedRun> };

export interface RunPlace {
  home: string;
  /** Where the command is started. */
  folder: string;
}

/** Starts `watchtower run` with these arguments, in an environment without settings of OpenTelemetry but those of `variables`. */
export function startRun(
  { home, folder }: RunPlace,
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
  stdin = '',
): StartedRun {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    WATCHTOWER_HOME: home,
    WATCHTOWER_TEST: '1',
    NO_COLOR: '1',
    ...variables,
  };
  for (const name of Object.keys(env))
    if (/^(?:OTEL_|NODE_OPTIONS$)/.test(name) && !(name in variables)) delete env[name];
  const child = spawn(process.execPath, [resolve(cliPath), 'run', ...args], {
    cwd: folder,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const out: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const done = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    stdout: Buffer.concat(out),
    stderr,
  }));
  return Object.assign(child, { done });
}

/** What the end of a run tells; throws what was said where there is no report. */
export async function reportOf(
  place: RunPlace,
  args: readonly string[],
  variables?: NodeJS.ProcessEnv,
): Promise<RunReport & { code: number | null; stderr: string }> {
  const { code, stdout, stderr } = await startRun(place, ['--json', ...args], variables).done;
  const [line = ''] = stdout.toString().split('\n');
  if (!line.includes('"summary"')) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
  return { ...(JSON.parse(line) as RunReport), code, stderr };
}
