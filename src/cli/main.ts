#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { findPackageRoot } from '../core/find-package-root';
import { EXIT } from './exit-codes';
import { processTerminal, type Terminal } from './terminal';

/** Groups of commands, loaded when asked for: `serve` should not read the demonstration's SDK before it listens. */
const registrations: { owns(command: string | undefined): boolean; register(program: Command): Promise<void> }[] = [
  {
    owns: (command) => command === 'serve',
    register: async (program) => (await import('./serve')).registerServe(program, processTerminal),
  },
  {
    owns: () => false,
    register: async (program) => (await import('./register-commands')).registerCommands(program, processTerminal),
  },
  {
    owns: () => false,
    register: async (program) =>
      (await import('./register-backend-commands')).registerBackendCommands(program, processTerminal),
  },
];

/** The reader of a pipe may leave early (`| head -1`): a command then ends quietly, a host goes on. */
function outliveReaders(argv: readonly string[]): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (argv[0] !== 'serve') process.exit(EXIT.ok);
    });
  }
}

/** Runs one command line; the exit code goes to `process.exitCode`. */
async function main(argv: readonly string[], terminal: Terminal): Promise<void> {
  const program = new Command('watchtower')
    .description('Local observability for people who build software together with coding agents.')
    .version(findPackageRoot(import.meta.url).version)
    .showHelpAfterError('(watchtower --help lists the commands and their options)')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.error })
    .exitOverride();
  const only = registrations.find(({ owns }) => owns(argv[0]));
  for (const { register } of only ? [only] : registrations) await register(program);
  for (const command of program.commands.flatMap((each) => [each, ...each.commands])) {
    command.exitOverride().copyInheritedSettings(program);
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

outliveReaders(process.argv.slice(2));
void main(process.argv.slice(2), processTerminal);
