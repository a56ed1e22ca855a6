import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Tells a running process from a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the words of the system; empty where that cannot be learnt. */
  readonly started: string;
}

/** Null when no such process runs. */
export function identifyProcess(pid: number): ProcessIdentity | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null;
  }
  return { pid, started: startOf(pid) };
}

function startOf(pid: number): string {
  try {
    if (process.platform === 'linux') {
      // Field 22 of stat, counted behind the command name, which may hold spaces and brackets.
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    }
    if (process.platform === 'win32') return '';
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
