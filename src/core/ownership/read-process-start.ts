import { readFile } from 'node:fs/promises';
import { x } from 'tinyexec';

/**
 * When a process started, as text that is equal for the same process and differs after its pid was given to another;
 * null when no such process runs. The form depends on the platform and is only good for comparing.
 */
export async function readProcessStart(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    if (stat === null) return null;
    // Field 2 is the name in brackets and may hold anything; state is field 3, the start in clock ticks field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  }
  const [command, args] =
    process.platform === 'win32'
      ? ['powershell', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`]]
      : ['ps', ['-o', 'lstart=', '-p', String(pid)]];
  const { stdout, exitCode } = await x(command as string, args as string[]);
  return exitCode === 0 && stdout.trim() ? stdout.trim() : null;
}
