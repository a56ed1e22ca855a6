import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { Contract } from '../../shared/contract';
import type { DesktopShell } from '../../shared/desktop-shell';
import { Connection } from './connection';
import { createPortTransport } from './port-transport';
import { createSocketTransport } from './socket-transport';

declare global {
  interface Window {
    /** Set in the window of the desktop app. */
    watchtowerShell?: DesktopShell;
  }
}

const shell = window.watchtowerShell;

export const connection = new Connection(
  shell?.desktop ? createPortTransport(shell) : createSocketTransport(window.location.origin),
);

export const client: ContractRouterClient<Contract> = createORPCClient(connection);

/** `orpc.traces.search.queryOptions({ input })` and the like, for TanStack Query. */
export const orpc = createTanstackQueryUtils(client);
