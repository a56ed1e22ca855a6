#!/usr/bin/env node
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CommandRuntime } from '../core/cli-runtime';
import { resolveHome } from '../core/ownership/resolve-home';
import { readRevision } from '../core/runs/read-revision';
import { fastCommands } from './start/fast-commands';
import { KeptCode } from './start/kept-code';
import { loadBundle } from './start/load-bundle';
import type { runFast } from './start/run-fast';
import type { runOnNode } from './start/run-on-node';

/** The start of a run waits for git, which works while everything else is loaded. */
function askRevision(): ReturnType<typeof readRevision> | undefined {
  try {
    return readRevision(realpathSync(process.cwd()));
  } catch {
    // The folder is gone: the command tells of it.
    return undefined;
  }
}

/** From compiled code that the home keeps; where none is to be had, the command tells of it. */
function loadFast(bundle: string): { runFast: typeof runFast } {
  let home: string;
  try {
    home = resolveHome();
  } catch {
    return createRequire(bundle)(bundle);
  }
  const loaded = loadBundle(bundle, new KeptCode(join(home, 'cache', 'code')));
  process.once('exit', () => existsSync(home) && loaded.keep());
  return loaded.exports as { runFast: typeof runFast };
}

/** Everything else is ES modules, of which a command loads what it needs. */
async function runAny(argv: readonly string[], runtime: CommandRuntime): Promise<void> {
  const file = import.meta.url.endsWith('.ts') ? './start/run-on-node.ts' : './node-program.mjs';
  const program = new URL(file, import.meta.url).href;
  await ((await import(program)) as { runOnNode: typeof runOnNode }).runOnNode(argv, runtime);
}

const argv = process.argv.slice(2);
const [command = ''] = argv;
const runtime: CommandRuntime = {
  self: { command: process.execPath, args: [fileURLToPath(import.meta.url)] },
  revision: command === 'run' ? askRevision() : undefined,
};
const bundle = fileURLToPath(new URL('./fast/fast.cjs', import.meta.url));
// A build that is watched has no bundle.
const isFast = fastCommands.includes(command) && existsSync(bundle);
if (isFast) void loadFast(bundle).runFast(argv, runtime);
else void runAny(argv, runtime);
