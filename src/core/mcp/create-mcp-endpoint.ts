import { createMcpHandler } from '@modelcontextprotocol/server';
import type { AskedHost } from '../asking/answer/asked-host';
import { ask } from '../asking/ask';
import { createMcpServer } from './create-mcp-server';

/** As of a call of the contract. */
const mostBytes = 1024 * 1024;

/** Streamable HTTP for the newest protocol and, without sessions, the one before. Whoever calls has checked the request. */
export function createMcpEndpoint(
  asked: () => AskedHost,
  version: string,
): { fetch(request: Request): Promise<Response> } {
  return createMcpHandler(
    () => createMcpServer({ version, answer: (tool, given, signal) => ask(asked(), tool, given, signal) }),
    { maxRequestBodySize: mostBytes },
  );
}
