#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readRevision } from '../core/runs/read-revision';

/** The start of a run waits for git, which works while everything else is loaded. */
function askRevision(): ReturnType<typeof readRevision> | undefined {
  try {
    return readRevision(realpathSync(process.cwd()));
  } catch {
    // The folder is gone: the command tells of it.
    return undefined;
  }
}

const argv = process.argv.slice(2);
const revision = argv[0] === 'run' ? askRevision() : undefined;
void Promise.all([import('./run-program'), import('../core/backends/embedded/spawn-engine')]).then(
  ([{ runProgram }, { spawnEngineFrom }]) =>
    runProgram(argv, {
      spawnEngine: spawnEngineFrom,
      self: { command: process.execPath, args: [fileURLToPath(import.meta.url)] },
      revision,
    }),
);
