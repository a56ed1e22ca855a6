import { Command, CommanderError } from 'commander';
import type { CliRuntime, RunProgram } from '../core/cli-runtime';
import { findPackageRoot } from '../core/find-package-root';
import { RUN_EXIT } from './commands/run/run-options';
import { EXIT } from './exit-codes';
import { processTerminal } from './terminal';

interface CommandGroup {
  /** Its commands' names: where one of them is asked for, no other group is loaded. */
  readonly names: readonly string[];
  register(program: Command, runtime: CliRuntime): Promise<void>;
}

/** In the order in which help lists them. What a command does is loaded when it is asked for, since a person or an agent waits for each. */
export const commandGroups: readonly CommandGroup[] = [
  {
    names: ['serve'],
    register: async (program, runtime) => (await import('./serve')).registerServe(program, processTerminal, runtime),
  },
  {
    names: ['run'],
    register: async (program, runtime) =>
      (await import('./register-run')).registerRun(program, processTerminal, runtime),
  },
  {
    names: ['hook'],
    register: async (program) => (await import('./commands/agent/hook')).registerHook(program),
  },
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

/**
 * The reader of a pipe may leave early (`| head -1`): a command then ends quietly, a host goes on, and so does `run`, whose own command
 * learns of it.
 */
function outliveReaders(argv: readonly string[]): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (argv[0] !== 'serve' && argv[0] !== 'run') process.exit(EXIT.ok);
    });
  }
}

/**
 * The words up to a command that does not exist, where help on it is asked for: Commander would show the help of what
 * stands above it and no word of the mistake. Undefined for every other command line.
 */
function unknownCommand(program: Command, argv: readonly string[]): string[] | undefined {
  const asksHelp = argv[0] === 'help' || argv.includes('--help') || argv.includes('-h');
  const words = (argv[0] === 'help' ? argv.slice(1) : [...argv]).filter((word) => !word.startsWith('-'));
  let at: Command | undefined = program;
  for (const [index, word] of words.entries()) {
    if (!asksHelp || at.commands.length === 0) return undefined;
    at = at.commands.find((each) => each.name() === word || each.aliases().includes(word));
    if (!at) return words.slice(0, index + 1);
  }
  return undefined;
}

export const runProgram: RunProgram = async (argv, runtime) => {
  outliveReaders(argv);
  const program = new Command('watchtower')
    .description('Local observability for people who build software together with coding agents.')
    .version(findPackageRoot(import.meta.url).version)
    .showHelpAfterError('(watchtower --help lists the commands and their options)')
    .configureOutput({ writeOut: processTerminal.out, writeErr: processTerminal.error })
    .enablePositionalOptions()
    .exitOverride();
  const only = commandGroups.find(({ names }) => names.includes(argv[0] ?? ''));
  for (const { register } of only ? [only] : commandGroups) await register(program, runtime);
  for (const command of program.commands.flatMap((each) => [each, ...each.commands])) {
    command.exitOverride().copyInheritedSettings(program);
  }
  try {
    await program.parseAsync(unknownCommand(program, argv) ?? argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? EXIT.ok : argv[0] === 'run' ? RUN_EXIT.own : EXIT.usage;
  }
};
