/**
 * When a process started, out of `/proc/PID/stat`, as `TICKS@BOOT`: the clock counts from the start of the machine, and pids
 * are given out anew then, so that a process of this boot can have pid and ticks of one of the boot before. Null for one that
 * has ended and waits for its parent, empty where the text is none of that form. Behind the name, which may hold spaces and
 * brackets, the state is field 3 and the start field 22.
 */
export function readProcStart(stat: string, boot: string): string | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return null;
  const ticks = fields[19];
  return ticks === undefined ? '' : `${ticks}@${boot}`;
}

/** Whether a process that runs is the one whose start was written down; a start without its boot may be of this one. */
export function isSameStart(written: string, running: string | null): boolean {
  return running !== null && (written === running || (written !== '' && written === running.split('@', 1)[0]));
}

/** What tells it on systems without `/proc`. */
export function askForStart(pid: number): [command: string, args: string[]] {
  return process.platform === 'win32'
    ? ['powershell', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`]]
    : ['ps', ['-o', 'lstart=', '-p', String(pid)]];
}
