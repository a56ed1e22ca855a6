import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract';

export type HostClient = ContractRouterClient<Contract>;

/** A client of another process's host over HTTP; the token travels in a header only. */
export function createHostClient(url: string, token: string): HostClient {
  const link = new RPCLink({
    url: `${url}/rpc`,
    headers: { authorization: `Bearer ${token}` },
    fetch: async (request, init, { signal }) => endWith(await fetch(request, init), signal),
  });
  return createORPCClient<HostClient>(link);
}

/**
 * A feed ends with the signal of its caller. `fetch` follows the signal through objects that nothing holds while a body is read:
 * once they are collected, a feed would go on for ever, and with it the process.
 */
function endWith(answer: Response, signal: AbortSignal | undefined): Response {
  if (!signal || !answer.body || !answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer;
  return new Response(answer.body.pipeThrough(new TransformStream(), { signal }), answer);
}
