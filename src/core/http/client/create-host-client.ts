import type { IncomingMessage } from 'node:http';
import { createORPCClient } from '@orpc/client';
import { StandardLink, StandardRPCLinkCodec } from '@orpc/client/standard';
import type { ContractRouterClient } from '@orpc/contract';
import type { StandardLazyResponse, StandardRequest } from '@orpc/standard-server';
import type { Contract } from '../../../shared/contract';
import { EventFeed } from './event-feed';
import { JsonSerializer } from './json-serializer';
import { readHttpText, sendHttp } from './send-http';

export type HostClient = ContractRouterClient<Contract>;

/**
 * A client of another process's host over HTTP; the token travels in a header only. A call that the host did not answer to its end
 * rejects with `ConnectionLost`.
 */
export function createHostClient(url: string, token: string): HostClient {
  const codec = new StandardRPCLinkCodec(new JsonSerializer(), {
    url: `${url}/rpc`,
    headers: { authorization: `Bearer ${token}` },
  });
  return createORPCClient<HostClient>(new StandardLink(codec, { call }));
}

async function call({ url, method, headers, body, signal }: StandardRequest): Promise<StandardLazyResponse> {
  const answer = await sendHttp(url, {
    method,
    headers: { ...(headers as Record<string, string>), 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
  const read = await readBody(answer, signal);
  return { status: answer.statusCode!, headers: answer.headers, body: async () => read };
}

async function readBody(answer: IncomingMessage, signal: AbortSignal | undefined): Promise<unknown> {
  const kind = answer.headers['content-type'] ?? '';
  if (kind.startsWith('text/event-stream')) return new EventFeed(answer, signal);
  const text = await readHttpText(answer, signal);
  return kind.startsWith('application/json') && text !== '' ? JSON.parse(text) : text || undefined;
}
