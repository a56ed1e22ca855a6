import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract';

export type HostClient = ContractRouterClient<Contract>;

/** A client of another process's host over HTTP; the token travels in a header only. */
export function createHostClient(url: string, token: string): HostClient {
  const link = new RPCLink({ url: `${url}/rpc`, headers: { authorization: `Bearer ${token}` } });
  return createORPCClient<HostClient>(link);
}
