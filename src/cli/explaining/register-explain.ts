import { type Command, InvalidArgumentError, Option } from 'commander';
import { runCommand } from '../run-command';
import type { Terminal } from '../terminal';
import { parseDuration } from '../text/format-values';

/** Adds the command that tells what differs between two populations. */
export function registerExplain(program: Command, terminal: Terminal): void {
  program
    .command('explain')
    .description('what differs between some spans (or log lines) and others: attributes, operations, log templates')
    .argument('[query]', 'TraceQL of one spanset such as \'{ span.http.route = "/pay" }\', with --logs LogQL', '')
    .option('--logs', 'log lines instead of spans')
    .option('--errors', 'what failed')
    .option('--slower-than <duration>', 'what took at least so long: 500ms, 2s', toDuration)
    .option('--faster-than <duration>', 'what took at most so long', toDuration)
    .option('--since <duration>', 'how far back: 15m, 2h (default: 1h, or the time of the run)', toDuration)
    .option('--until <duration>', 'how far back it ends (default: now)', toDuration)
    .option('--run <run>', 'of a run: its id, its name, NAME~1, last')
    .addOption(
      new Option(
        '--against <what>',
        'rest: all else · before: as long a time right before · run:RUN · or a query',
      ).default('rest'),
    )
    .option('--budget <tokens>', 'most tokens of the answer', toCount, 700)
    .addOption(new Option('--json', 'machine-readable output'))
    .action(async (query: string, options) => {
      process.exitCode = await runCommand(
        terminal,
        async () => void (await (await import('./explain')).explain(query, options, terminal)),
      );
    });
}

function toDuration(text: string): number {
  const [, milliseconds] = /^(\d+(?:\.\d+)?)ms$/.exec(text.trim()) ?? [];
  const value = milliseconds === undefined ? parseDuration(text) : Number(milliseconds);
  if (!value) throw new InvalidArgumentError('Give a duration such as 500ms, 15m or 2h.');
  return value;
}

function toCount(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('Give a whole number above 0.');
  return value;
}
