import { type Command, Option } from 'commander';
import type { CliRuntime } from '../../../core/cli-runtime';
import { agentIds } from '../../../shared/agents/agent-ids';
import { runCommand } from '../../run-command';
import type { Terminal } from '../../terminal';
import { registerSessions } from './register-sessions';

/** Adds `agent`: what connects coding agents, and what they ask and do. */
export function registerAgent(program: Command, terminal: Terminal, runtime: CliRuntime): void {
  const run = async (action: Parameters<typeof runCommand>[1]) => {
    process.exitCode = await runCommand(terminal, action);
  };
  const json = () => new Option('--json', 'machine-readable output');
  const agent = program.command('agent').description('coding agents: set them up, and see what they do');
  const names = agentIds.join(', ');

  for (const [name, description] of [
    ['init', "write an agent's MCP entry, rules and hooks; what changes is shown first"],
    ['remove', 'take out what `agent init` wrote, and that alone'],
  ] as const) {
    agent
      .command(name)
      .description(description)
      .argument('[agents...]', `some of ${names} (default: those found on this machine or in this repository)`)
      .option('--folder <folder>', 'of the repository (default: the one of this folder)')
      .option('--yes', 'do not ask')
      .option('--dry-run', 'show what would change, and change nothing')
      .addOption(json())
      .action((chosen: string[], options) =>
        run(async () => (await import('./change-setup')).changeSetup(name, chosen, options, terminal, runtime)),
      );
  }

  agent
    .command('telemetry')
    .description("switch an agent's own OpenTelemetry to this machine; `off` brings back what stood there")
    .addArgument(agent.createArgument('<what>', 'on, off or status').choices(['on', 'off', 'status']))
    .argument('[agents...]', 'some of claude, codex, gemini, copilot, cursor (default: those that are found)')
    .option('--content', 'with on: send prompts and what tools say as well')
    .option('--yes', 'do not ask')
    .option('--dry-run', 'show what would change, and change nothing')
    .addOption(json())
    .action((what: 'on' | 'off' | 'status', chosen: string[], options) =>
      run(async () => (await import('./telemetry')).telemetry(what, chosen, options, terminal, runtime)),
    );
  agent
    .command('ask')
    .description('ask as an agent does over MCP: overview, search, trace, runs, explain, wait')
    .argument('<tool>', 'its name')
    .argument('[given...]', 'its arguments: --service shop --error, or one JSON object')
    .allowUnknownOption()
    .action((tool: string, given: string[]) =>
      run(async () => (await import('./ask-tool')).askTool(tool, given, terminal, runtime)),
    );
  registerSessions(agent, terminal);
}
