import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Program, programPath } from './programs';

export interface RunningProgram {
  /** What it printed last, for whoever wonders why it ended. */
  lastLines(): string;
  hasEnded(): boolean;
  /** At once, as by a loss of power. */
  end(): Promise<void>;
}

/** Starts one of the given programs; what it prints goes to a file of the folder. It ends with this process. */
export function startProgram(program: Program, args: readonly string[], folder: string): RunningProgram {
  const log = join(folder, `${program}.log`);
  const file = openSync(log, 'a');
  const child: ChildProcess = spawn(programPath(program), args, { cwd: folder, stdio: ['ignore', file, file] });
  closeSync(file);
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    hasEnded,
    lastLines: () => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-8).join('\n'),
    async end() {
      process.off('exit', kill);
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      kill();
      await ended;
    },
  };
}
