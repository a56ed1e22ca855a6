import type { Command } from 'commander';
import type { CliRuntime } from '../../core/cli-runtime';
import { addPortOptions, type PortValues, serveArguments } from '../ports/port-options';
import { runCommand } from '../run-command';
import type { Terminal } from '../terminal';

/** Adds `mcp`, which a client starts and waits for: it is registered alone where it is asked for. */
export function registerMcp(program: Command, terminal: Terminal, runtime: CliRuntime): void {
  const command = program
    .command('mcp')
    .description(
      'answer a coding agent over MCP on standard input and output; starts a host in the background where none runs',
    )
    .option('--http', 'say how to come over HTTP instead')
    .action(async ({ http, ...ports }: PortValues & { http?: boolean }) => {
      process.exitCode = await runCommand(terminal, async () => {
        const given = serveArguments(ports);
        if (http) return (await import('../commands/mcp/describe-mcp-http')).describeMcpHttp(terminal, given, runtime);
        await (await import('../commands/mcp/serve-mcp')).serveMcp(given, runtime);
        return undefined;
      });
    });
  addPortOptions(command);
}
