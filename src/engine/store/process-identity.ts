import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

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
    if (process.platform === 'linux') {
      // Behind the command name, which may hold spaces and brackets: the state is field 3, the start field 22.
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : (fields[19] ?? '');
    }
    const [command, args] =
      process.platform === 'win32'
        ? ['powershell', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`]]
        : ['ps', ['-o', 'lstart=', '-p', String(pid)]];
    return execFileSync(command as string, args as string[], { encoding: 'utf8', windowsHide: true }).trim();
  } catch {
    return '';
  }
}
