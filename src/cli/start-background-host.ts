import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandRuntime } from '../core/cli-runtime';
import { findHost, type HostFile } from '../core/ownership/host-file';
import { resolveHome } from '../core/ownership/resolve-home';
import { createFolder } from '../ground/create-folder';
import { type Attached, attachTo } from './attach';
import { CommandFailure } from './command-failure';

const startMs = 30_000;
const lookMs = 100;

/** Attaches to the host of this home; where none runs, starts a headless one that outlives this command. */
export async function attachOrStart(
  serveArguments: readonly string[],
  runtime: CommandRuntime,
): Promise<Attached & { started: boolean }> {
  const { host, started } = await findOrStart(serveArguments, runtime);
  return { host, client: await attachTo(host).answering(), started };
}

/** The host of this home, which may not answer; where none runs, a headless one is started that outlives this command. */
export async function findOrStart(
  serveArguments: readonly string[],
  { self }: CommandRuntime,
): Promise<{ host: HostFile; started: boolean }> {
  const home = resolveHome();
  const running = await findHost(home);
  if (running) return { host: running, started: false };
  const logs = join(home, 'logs');
  createFolder(logs);
  const output = join(logs, 'serve.log');
  const file = openSync(output, 'w', 0o600);
  const child = spawn(self.command, [...self.args, 'serve', '--no-open', '--json', '--no-key', ...serveArguments], {
    detached: true,
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.unref();
  const until = Date.now() + startMs;
  while (!ended && Date.now() < until) {
    // The first line says ready: the address of an earlier moment could still be of a host that fails to start.
    const host = readFileSync(output, 'utf8').includes('"ready":true') && (await findHost(home));
    if (host) return { host, started: true };
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  throw new CommandFailure({
    kind: 'host-not-started',
    message: 'Watchtower could not be started.',
    hint: `Its output is in ${output}.`,
    details: readFileSync(output, 'utf8').trim(),
  });
}
