/**
 * When a process started, out of `/proc/PID/stat`: the clock ticks as text; null for one that has ended and waits for its
 * parent, empty where the text is none of that form. Behind the name, which may hold spaces and brackets, the state is
 * field 3 and the start field 22.
 */
export function readProcStart(stat: string): string | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? null : (fields[19] ?? '');
}

/** What tells it on systems without `/proc`. */
export function askForStart(pid: number): [command: string, args: string[]] {
  return process.platform === 'win32'
    ? ['powershell', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`]]
    : ['ps', ['-o', 'lstart=', '-p', String(pid)]];
}
