import { createHostClient, type HostClient } from '../core/http/create-host-client';
import { findHost, type HostFile } from '../core/ownership/host-file';
import { resolveHome } from '../core/ownership/resolve-home';
import { CommandFailure } from './command-failure';
import { EXIT } from './exit-codes';

export interface Attached {
  host: HostFile;
  client: HostClient;
}

/** The client of the host that runs on this home; fails with exit code 4 where none does. */
export async function attach(home = resolveHome()): Promise<Attached> {
  const host = await findHost(home);
  if (!host) {
    throw new CommandFailure(
      {
        kind: 'not-running',
        message: 'Watchtower is not running.',
        hint: 'Start it with `watchtower serve`, or open the desktop app.',
      },
      EXIT.notRunning,
    );
  }
  return { host, client: createHostClient(host.url, host.token) };
}
