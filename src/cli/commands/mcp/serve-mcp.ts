import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { CliRuntime } from '../../../core/cli-runtime';
import { findPackageRoot } from '../../../core/find-package-root';
import { createMcpServer } from '../../../core/mcp/create-mcp-server';
import { agentOfMcpClient } from '../../../shared/agents/agent-of-mcp-client';
import { findHarness } from '../../../shared/agents/find-harness';
import { askRunningHost } from './ask-running-host';
import { McpPresence } from './mcp-presence';

/** Speaks MCP on standard input and output until the client closes them. Nothing else is ever written to standard output. */
export async function serveMcp(serveArguments: readonly string[], runtime: CliRuntime): Promise<void> {
  const { version } = findPackageRoot(import.meta.url);
  const answer = askRunningHost(serveArguments, runtime);
  const presence = new McpPresence();
  const open = () => {
    const server = createMcpServer({
      version,
      answer(tool, given, signal, who) {
        presence.asked(who, tool);
        const asker = agentOfMcpClient(who?.name ?? '') ?? findHarness(process.env) ?? undefined;
        return answer(tool, given, signal, asker);
      },
    });
    server.oninitialized = () => presence.connected(server.getClientVersion());
    return server;
  };
  const connection = serveStdio(open, {
    onerror: (error) => process.stderr.write(`MCP: ${error.message}\n`),
  });
  await new Promise<void>((resolve) => {
    const end = () => resolve();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
    for (const event of ['end', 'close'] as const) process.stdin.once(event, end);
    process.stdout.once('error', end);
  });
  presence.close();
  await connection.close();
  // What still holds the process, as an idle connection to the host, is nobody's any more.
  setImmediate(() => process.exit());
}
