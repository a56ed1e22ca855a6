import type { Revision } from '../shared/runs/run';
import type { SpawnEngine } from './backends/embedded/spawn-engine';

/** What commands that start no engine themselves need of the program that runs them. */
export interface CommandRuntime {
  /** What runs `watchtower` as a process of its own; its arguments follow `args`. */
  self: { command: string; args: readonly string[] };
  /** Of the working folder, for `run`: git may work while the rest is loaded. */
  revision?: Promise<Revision | undefined> | undefined;
}

/** What the commands need of the program that runs them: plain Node, or the desktop app's own binary. */
export interface CliRuntime extends CommandRuntime {
  /** How the engine's script is started from there. */
  spawnEngine(script: string): SpawnEngine;
}

/** Runs one command line; resolves when it has ended, with the exit code in `process.exitCode`. */
export type RunProgram = (argv: readonly string[], runtime: CliRuntime) => Promise<void>;
