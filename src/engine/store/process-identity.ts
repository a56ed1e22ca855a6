import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { bootId } from '../../ground/boot-id';
import { askForStart, readProcStart } from '../../ground/process-start';

/** Tells a running process from a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the words of the system; empty where that cannot be learnt. */
  readonly started: string;
}

/** Null when no such process runs; one that has ended and waits for its parent does not. */
export function identifyProcess(pid: number): ProcessIdentity | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null;
  }
  const started = startOf(pid);
  return started === null ? null : { pid, started };
}

function startOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') return readProcStart(readFileSync(`/proc/${pid}/stat`, 'latin1'), bootId());
    const [command, args] = askForStart(pid);
    return execFileSync(command, args, { encoding: 'utf8', windowsHide: true }).trim();
  } catch {
    return '';
  }
}
