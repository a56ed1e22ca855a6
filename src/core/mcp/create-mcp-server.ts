import { Server } from '@modelcontextprotocol/server';
import { describeSchema } from '../asking/arguments/describe-schema';
import type { ToolAnswer } from '../asking/ask';
import { instructions, tools } from '../asking/tools';

/** As a client says it itself. */
interface McpClientName {
  name: string;
  version: string;
}

export interface McpServerOptions {
  version: string;
  /** A client has sent a request; `tool` is the one that it asked. */
  onRequest?: ((client: McpClientName | undefined, tool?: string) => void) | undefined;
  /** Rejects for what nobody expected; the model is then told so. */
  answer(
    tool: string,
    given: Record<string, unknown>,
    signal: AbortSignal,
    client: McpClientName | undefined,
  ): Promise<ToolAnswer>;
}

/** Every tool only reads, and of nothing but what Watchtower keeps. */
const annotations = { readOnlyHint: true, openWorldHint: false };

/** What a client is told of the tools: nothing else of them is ever sent. */
export function describeTools() {
  return tools.map(({ name, description, schema }) => ({
    name,
    description,
    inputSchema: describeSchema(schema),
    annotations,
  }));
}

/**
 * The tools as an MCP server, for one connection of any transport. Arguments are judged by the tools themselves, which say what is the nearest
 * that is right: the SDK's own check would only refuse them. A call that is cancelled ends its query.
 */
export function createMcpServer({ version, answer, onRequest }: McpServerOptions): Server {
  const server = new Server({ name: 'watchtower', version }, { capabilities: { tools: {} }, instructions });
  server.oninitialized = () => onRequest?.(server.getClientVersion());
  server.setRequestHandler('tools/list', () => {
    onRequest?.(server.getClientVersion());
    return { tools: describeTools() };
  });
  server.setRequestHandler('tools/call', async ({ params }, { mcpReq: { signal } }) => {
    onRequest?.(server.getClientVersion(), params.name.slice(0, 100));
    const { text, refused } = await answer(params.name, params.arguments ?? {}, signal, server.getClientVersion());
    return { content: [{ type: 'text', text }], ...(refused && { isError: true }) };
  });
  return server;
}
