import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseSpan } from '../core/observing/parse-span';
import { assert } from './commands/assert';
import { runCommand } from './run-command';
import type { Terminal } from './terminal';
import { untilInterrupted } from './until-interrupted';

/** Adds the commands whose exit code tells of what was observed. */
export function registerJudging(program: Command, terminal: Terminal): void {
  const run = async (action: Parameters<typeof runCommand>[1]) => {
    process.exitCode = await runCommand(terminal, action);
  };
  const duration = (flags: string, description: string) => new Option(flags, description).argParser(toMilliseconds);

  program
    .command('assert')
    .description('judge what is expected of traces, logs and metrics; exit code 6 where it does not hold')
    .argument(
      '[what...]',
      "files of OATs or folders with them, watchtower.yaml, 'traces {status=error} == 0' (default: the watchtower.yaml above)",
    )
    .option('--run <run>', 'of this run alone: an id, a name, last, last~1 (a watchtower.yaml: the last)')
    .addOption(duration('--since <duration>', 'how far back, where there is no run').default(600_000, '10m'))
    .addOption(duration('--timeout <duration>', 'how long to wait for what is expected').default(30_000, '30s'))
    .addOption(
      duration(
        '--absent-for <duration>',
        'how long what must be absent is looked for (default: 10s, in an expression 2s)',
      ),
    )
    .option('--app-host <host>', 'where requests of a case go', '127.0.0.1')
    .option('--app-port <port>', 'where requests of a case go', toPort, 8080)
    .option('--fixture-runs', 'what a case wants started runs already')
    .option('--allow-scripts', 'run the scripts of cases')
    .option('--junit <file>', 'write the verdicts as JUnit XML')
    .option('--json', 'machine-readable output')
    .action((named: string[], options) =>
      run(() => assert(named, { ...options, signal: untilInterrupted() }, terminal)),
    );
}

function toMilliseconds(text: string): number {
  const value = parseSpan(text);
  if (value === undefined) throw new InvalidArgumentError('Give a duration such as 500ms, 30s or 5m.');
  return value;
}

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new InvalidArgumentError('Give a port, 1 to 65535.');
  return port;
}
