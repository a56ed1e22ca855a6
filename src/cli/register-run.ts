import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandRuntime } from '../core/cli-runtime';
import { runAndReport } from './commands/run/run-and-report';
import type { RunOptions } from './commands/run/run-options';
import type { Terminal } from './terminal';
import { parseDuration } from './text/format-values';

/** Adds `run`, whose start a person waits for each time: it is registered alone where it is asked for. */
export function registerRun(program: Command, terminal: Terminal, runtime: CommandRuntime): void {
  program
    .command('run')
    .description('run a command, see what it does, and compare it with the last time')
    .argument('<command...>', 'program and arguments, behind `--`')
    .option('--name <name>', 'what it is called; runs of one name are compared (default: from the command)')
    .option('--service <name>', 'service name of programs that have none')
    .option('--no-capture', 'give the command the terminal itself: its output is not kept')
    .addOption(
      new Option('--wait-quiet <duration>', 'wait until nothing has arrived for so long').argParser(toDuration),
    )
    .option('--compare <run>', 'compare with this run or file of a summary (default: the last one of its name)')
    .option('--force', 'compare also with a run of another command')
    .option('--assert <file>', 'hold what it did against expectations, too')
    .option('--junit <file>', 'with --assert: write the verdicts as JUnit XML')
    .option('--json', 'the report as JSON, in place of text')
    .passThroughOptions()
    .action(async (command: [string, ...string[]], options: RunOptions) => {
      process.exitCode = await runAndReport(command, options, terminal, runtime);
    });
}

function toDuration(text: string): number {
  const value = parseDuration(text);
  if (!value || value > 600_000) throw new InvalidArgumentError('Give a duration such as 500ms or 2s, at most 10m.');
  return value;
}
