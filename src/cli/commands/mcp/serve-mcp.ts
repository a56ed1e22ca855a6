import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { CliRuntime } from '../../../core/cli-runtime';
import { findPackageRoot } from '../../../core/find-package-root';
import { createMcpServer } from '../../../core/mcp/create-mcp-server';
import { askRunningHost } from './ask-running-host';

/** Speaks MCP on standard input and output until the client closes them. Nothing else is ever written to standard output. */
export async function serveMcp(serveArguments: readonly string[], runtime: CliRuntime): Promise<void> {
  const { version } = findPackageRoot(import.meta.url);
  const answer = askRunningHost(serveArguments, runtime);
  const connection = serveStdio(() => createMcpServer({ version, answer }), {
    onerror: (error) => process.stderr.write(`MCP: ${error.message}\n`),
  });
  await new Promise<void>((resolve) => {
    const end = () => resolve();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
    for (const event of ['end', 'close'] as const) process.stdin.once(event, end);
    process.stdout.once('error', end);
  });
  await connection.close();
  // What still holds the process, as an idle connection to the host, is nobody's any more.
  setImmediate(() => process.exit());
}
