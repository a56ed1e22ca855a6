import { Command, CommanderError } from 'commander';
import type { CommandRuntime } from '../../core/cli-runtime';
import { findPackageRoot } from '../../core/find-package-root';
import { RUN_EXIT } from '../commands/run/run-options';
import { EXIT } from '../exit-codes';
import { processTerminal } from '../terminal';

export interface CommandGroup<Runtime extends CommandRuntime> {
  /** Its commands' names: where one of them is asked for, no other group is loaded. */
  readonly names: readonly string[];
  register(program: Command, runtime: Runtime): Promise<void>;
}

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

/** Those that a command line needs: the one of its command; none for the version; all where commands are listed or looked for. */
export function neededGroups<Group extends Pick<CommandGroup<never>, 'names'>>(
  groups: readonly Group[],
  argv: readonly string[],
): readonly Group[] {
  const [first = ''] = argv;
  if (first === '--version' || first === '-V') return [];
  const only = groups.find(({ names }) => names.includes(first));
  return only ? [only] : groups;
}

/** Runs one command line of what the groups have; resolves when it has ended, with the exit code in `process.exitCode`. */
export async function runGroups<Runtime extends CommandRuntime>(
  groups: readonly CommandGroup<Runtime>[],
  argv: readonly string[],
  runtime: Runtime,
): Promise<void> {
  outliveReaders(argv);
  const program = new Command('watchtower')
    .description('Local observability for people who build software together with coding agents.')
    .version(findPackageRoot(import.meta.url).version)
    .showHelpAfterError('(watchtower --help lists the commands and their options)')
    .configureOutput({ writeOut: processTerminal.out, writeErr: processTerminal.error })
    .enablePositionalOptions()
    .exitOverride();
  for (const { register } of neededGroups(groups, argv)) await register(program, runtime);
  for (const command of program.commands.flatMap((each) => [each, ...each.commands])) {
    command.exitOverride().copyInheritedSettings(program);
  }
  try {
    await program.parseAsync(unknownCommand(program, argv) ?? argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? EXIT.ok : argv[0] === 'run' ? RUN_EXIT.own : EXIT.usage;
  }
}
