import type { CommandRuntime } from '../../core/cli-runtime';
import { processTerminal } from '../terminal';
import type { CommandGroup } from './run-groups';

/** Commands that are started again and again, by people and by coding agents: `fastCommands` names them. */
export const fastGroups: readonly CommandGroup<CommandRuntime>[] = [
  {
    names: ['run'],
    register: async (program, runtime) =>
      (await import('../register-run')).registerRun(program, processTerminal, runtime),
  },
  {
    names: ['hook'],
    register: async (program) => (await import('../commands/agent/hook')).registerHook(program),
  },
];
