import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseSpan } from '../../core/observing/parse-span';
import { agentHelp } from '../commands/agent/agent-help';
import { usualAssertOptions } from '../commands/assert/usual-assert-options';
import { runCommand } from '../run-command';
import type { Terminal } from '../terminal';

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
    .addOption(
      duration('--since <duration>', 'how far back, where there is no run').default(usualAssertOptions.since, '10m'),
    )
    .addOption(
      duration('--timeout <duration>', 'how long to wait for what is expected').default(
        usualAssertOptions.timeout,
        '30s',
      ),
    )
    .addOption(
      duration(
        '--absent-for <duration>',
        'how long what must be absent is looked for (default: 10s, in an expression 2s)',
      ),
    )
    .option('--app-host <host>', 'where requests of a case go', usualAssertOptions.appHost)
    .option('--app-port <port>', 'where requests of a case go', toPort, usualAssertOptions.appPort)
    .option('--fixture-runs', 'what a case wants started runs already')
    .option('--allow-scripts', 'run the scripts of cases')
    .option('--junit <file>', 'write the verdicts as JUnit XML')
    .option('--json', 'machine-readable output')
    .action((named: string[], options) =>
      run(async () => (await import('../commands/assert/assert')).assert(named, options, terminal)),
    );

  program
    .command('wait')
    .description(
      'wait until a query matches, a run is quiet or a trace is complete; exit code 7 where it is not in time',
    )
    .argument('[query]', 'TraceQL, LogQL or PromQL: \'{ name = "POST /orders" }\'')
    .option('--run <run>', 'until this run is quiet; with a query, of this run alone')
    .option('--agent <agent>', agentHelp)
    .option('--trace <id>', 'until this trace is complete')
    .addOption(
      new Option('--signal <signal>', 'what the query is for, where it could be another').choices([
        'traces',
        'logs',
        'metrics',
      ]),
    )
    .option('--count <count>', 'so many traces, lines or series', toCount, 1)
    .addOption(
      new Option('--since <when>', 'how far back what came before counts: 15m, today, a date, a mark or a run').default(
        '1m',
        '1m',
      ),
    )
    .addOption(duration('--timeout <duration>', 'how long to wait').default(30_000, '30s'))
    .addOption(duration('--quiet <duration>', 'how long nothing came, of a run or a trace (default: 2s, 1s)'))
    .option('--json', 'machine-readable output')
    .action((query: string | undefined, { signal: language, ...options }) =>
      run(async () => (await import('../commands/wait')).wait(query, { ...options, language }, terminal)),
    );
}

function toCount(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('Give a whole number above 0.');
  return value;
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
