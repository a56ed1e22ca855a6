import type { CliRuntime, RunProgram } from '../core/cli-runtime';
import { fastGroups } from './start/fast-groups';
import { type CommandGroup, runGroups } from './start/run-groups';
import { processTerminal } from './terminal';

/** In the order in which help lists them. What a command does is loaded when it is asked for, since a person or an agent waits for each. */
export const commandGroups: readonly CommandGroup<CliRuntime>[] = [
  {
    names: ['serve'],
    register: async (program, runtime) => (await import('./serve')).registerServe(program, processTerminal, runtime),
  },
  ...fastGroups,
  {
    names: ['agent'],
    register: async (program, runtime) =>
      (await import('./commands/agent/agent')).registerAgent(program, processTerminal, runtime),
  },
  {
    names: ['mcp'],
    register: async (program, runtime) =>
      (await import('./mcp/register-mcp')).registerMcp(program, processTerminal, runtime),
  },
  {
    names: [
      ...['status', 'grafana', 'dismiss', 'env', 'snippet', 'tail', 'query', 'trace', 'generate', 'diagnostics'],
      ...['doctor', 'export', 'import', 'clean'],
    ],
    register: async (program) => (await import('./register-commands')).registerCommands(program, processTerminal),
  },
  {
    names: ['runs', 'diff', 'mark', 'errors', 'findings'],
    register: async (program) => (await import('./register-runs')).registerRuns(program, processTerminal),
  },
  {
    names: ['explain'],
    register: async (program) =>
      (await import('./explaining/register-explain')).registerExplain(program, processTerminal),
  },
  {
    names: ['assert', 'wait'],
    register: async (program) => (await import('./judging/register-judging')).registerJudging(program, processTerminal),
  },
  {
    names: ['up', 'open', 'down', 'restart', 'shutdown', 'backend', 'logs', 'sumo', 'destination'],
    register: async (program, runtime) =>
      (await import('./register-backend-commands')).registerBackendCommands(program, processTerminal, runtime),
  },
];

export const runProgram: RunProgram = (argv, runtime) => runGroups(commandGroups, argv, runtime);
