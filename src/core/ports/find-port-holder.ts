import { readdir, readFile, readlink } from 'node:fs/promises';
import { x } from 'tinyexec';

export interface PortHolder {
  pid: number;
  name: string;
}

/**
 * The process that listens on a TCP port of this machine; null when none does or it belongs to another user whose
 * processes may not be read.
 */
export async function findPortHolder(port: number): Promise<PortHolder | null> {
  if (process.platform === 'linux') return findOnLinux(port);
  if (process.platform === 'win32') {
    const script = `$p=(Get-NetTCPConnection -State Listen -LocalPort ${port} | Select-Object -First 1).OwningProcess; "$p $((Get-Process -Id $p).ProcessName)"`;
    return parsePair((await x('powershell', ['-NoProfile', '-Command', script])).stdout);
  }
  const { stdout } = await x('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  return pid ? { pid: Number(pid), name: /^c(.+)$/m.exec(stdout)?.[1] ?? 'unknown' } : null;
}

function parsePair(text: string): PortHolder | null {
  const found = /^(\d+) (.+)$/.exec(text.trim());
  return found ? { pid: Number(found[1]), name: found[2]! } : null;
}

async function findOnLinux(port: number): Promise<PortHolder | null> {
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const inode of listeningInodes(await readFile(table, 'utf8').catch(() => ''), port)) inodes.add(inode);
  }
  if (inodes.size === 0) return null;
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  for (const pid of pids) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      if (target.startsWith('socket:[') && inodes.has(target.slice(8, -1))) {
        const name = (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'unknown')).trim();
        return { pid: Number(pid), name };
      }
    }
  }
  return null;
}

/** Rows of /proc/net/tcp in state LISTEN (0A) on the port, by their socket inode. */
function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === '0A')
    .map((fields) => fields[9]!);
}
