import { statfs } from 'node:fs/promises';
import { findFreePort, isPortFree } from '../../../ports/find-free-port';
import { findPortHolder } from '../../../ports/find-port-holder';

const loopback = '127.0.0.1';

/** What is asked of this machine itself; a test says what it wants to meet. */
export interface Machine {
  /** Null for a folder that is not on this machine, such as one inside a virtual machine. */
  freeBytes(folder: string): Promise<number | null>;
  isPortFree(port: number): Promise<boolean>;
  freePort(): Promise<number>;
  /** `name (pid n)`, or that it cannot be told. */
  portHolder(port: number): Promise<string>;
}

export const thisMachine: Machine = {
  async freeBytes(folder) {
    const stats = await statfs(folder).catch(() => null);
    return stats && stats.bavail * stats.bsize;
  },
  isPortFree: (port) => isPortFree(port, loopback),
  freePort: () => findFreePort(loopback),
  async portHolder(port) {
    const holder = await findPortHolder(port).catch(() => null);
    return holder ? `${holder.name} (pid ${holder.pid})` : 'another process, perhaps of another user';
  },
};
