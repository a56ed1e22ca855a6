import { readFile } from 'node:fs/promises';
import { x } from 'tinyexec';
import { bootId } from '../../ground/boot-id';
import { askForStart, readProcStart } from '../../ground/process-start';

/**
 * When a process started, as text that is equal for the same process and differs after its pid was given to another, also
 * after a restart of the machine; null when no such process runs. The form depends on the platform: compare it by `isSameStart`.
 */
export async function readProcessStart(pid: number, boot = bootId()): Promise<string | null> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    if (stat === null) return null;
    return readProcStart(stat, boot) || null;
  }
  const { stdout, exitCode } = await x(...askForStart(pid));
  return exitCode === 0 && stdout.trim() ? stdout.trim() : null;
}
