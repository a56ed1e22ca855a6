import { readFile } from 'node:fs/promises';

/**
 * Whether the program at the other end of a loopback connection runs as this user, as far as the system tells it: on
 * Linux `/proc/net/tcp` names the user of each socket. True where it cannot be known.
 */
export async function isOfThisUser(remotePort: number, localPort: number): Promise<boolean> {
  const self = process.getuid?.();
  if (self === undefined || process.platform !== 'linux') return true;
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const owner = findOwner(await readFile(table, 'utf8').catch(() => ''), remotePort, localPort);
    if (owner !== null) return owner === self;
  }
  return true;
}

/** User id of the socket that is bound to `from` and connected to `to`; null where the table has none. */
export function findOwner(table: string, from: number, to: number): number | null {
  for (const line of table.split('\n')) {
    const [, local = '', remote = '', , , , , uid] = line.trim().split(/\s+/);
    if (portOf(local) === from && portOf(remote) === to) return Number(uid);
  }
  return null;
}

/** `0100007F:10E0` */
function portOf(address: string): number {
  return Number.parseInt(address.split(':')[1] ?? '', 16);
}
