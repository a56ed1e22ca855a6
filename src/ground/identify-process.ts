import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { bootId } from './boot-id';
import { askForStart, readProcStart } from './process-start';

/** Tells a running process from a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the words of the system; empty where that cannot be learnt. Compare it by `isSameStart`. */
  readonly started: string;
}

/** Null when no such process runs; one that has ended and waits for its parent does not. `boot` as of `bootId`. */
export async function identifyProcess(pid: number, boot = bootId()): Promise<ProcessIdentity | null> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null;
  }
  const started = await startOf(pid, boot);
  return started === null ? null : { pid, started };
}

async function startOf(pid: number, boot: string): Promise<string | null> {
  try {
    if (process.platform === 'linux') return readProcStart(await readFile(`/proc/${pid}/stat`, 'latin1'), boot);
    const { stdout } = await promisify(execFile)(...askForStart(pid), { windowsHide: true });
    return stdout.trim();
  } catch {
    return '';
  }
}
