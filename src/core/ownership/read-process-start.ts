import { readFile } from 'node:fs/promises';
import { x } from 'tinyexec';
import { askForStart, readProcStart } from '../../ground/process-start';

/**
 * When a process started, as text that is equal for the same process and differs after its pid was given to another;
 * null when no such process runs. The form depends on the platform and is only good for comparing.
 */
export async function readProcessStart(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    if (stat === null) return null;
    return readProcStart(stat) || null;
  }
  const { stdout, exitCode } = await x(...askForStart(pid));
  return exitCode === 0 && stdout.trim() ? stdout.trim() : null;
}
