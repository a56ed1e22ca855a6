import { createMcpHandler, isInitializeRequest, isLegacyRequest } from '@modelcontextprotocol/server';
import { agentOfMcpClient } from '../../shared/agents/agent-of-mcp-client';
import type { AskedHost } from '../asking/answer/asked-host';
import { ask } from '../asking/ask';
import type { HttpClients } from '../mcp-clients/http-clients';
import { createMcpServer } from './create-mcp-server';
import { McpSessions } from './mcp-sessions';

/** As of a call of the contract. */
const mostBytes = 1024 * 1024;

/**
 * Streamable HTTP for the newest protocol and the one before. That one has sessions, so that a cancellation, which comes as a request of its
 * own, finds the call that it is for; a call without a session is answered as well. Whoever calls has checked the request.
 */
export function createMcpEndpoint(
  asked: () => AskedHost,
  version: string,
  clients: HttpClients,
): { fetch(request: Request): Promise<Response> } {
  const create = () =>
    createMcpServer({
      version,
      onRequest: (who, tool) => clients.notice(who, tool),
      answer: (tool, given, signal, who) =>
        ask(asked(), tool, given, signal, { asker: agentOfMcpClient(who?.name ?? '') ?? undefined }),
    });
  const single = createMcpHandler(create, { maxRequestBodySize: mostBytes });
  const sessions = new McpSessions(create);
  return {
    async fetch(request) {
      if (request.headers.has('mcp-session-id')) return sessions.fetch(request);
      const begins = (await isLegacyRequest(request)) && (await isInitialize(request));
      return begins ? sessions.begin(request) : single.fetch(request);
    },
  };
}

async function isInitialize(request: Request): Promise<boolean> {
  if (request.method !== 'POST') return false;
  try {
    return isInitializeRequest(await request.clone().json());
  } catch {
    return false;
  }
}
