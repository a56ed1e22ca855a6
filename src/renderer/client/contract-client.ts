import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { Contract } from '../../shared/contract';
import { Connection } from './connection';

export const connection = new Connection(window.location.origin);

export const client: ContractRouterClient<Contract> = createORPCClient(connection);

/** `orpc.traces.search.queryOptions({ input })` and the like, for TanStack Query. */
export const orpc = createTanstackQueryUtils(client);
