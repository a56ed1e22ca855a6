import { type Command, InvalidArgumentError, Option } from 'commander';
import { snippetLanguages } from '../core/snippets/snippet-languages';
import { shells } from '../shared/contract/shells';
import { agentHelp } from './commands/agent/agent-help';
import type { Signal } from './commands/query';
import { runCommand } from './run-command';
import type { Terminal } from './terminal';
import { parseDuration } from './text/format-values';
import { untilInterrupted } from './until-interrupted';

/** Adds every command that asks a running host, or prepares for one. */
export function registerCommands(program: Command, terminal: Terminal): void {
  const run = async (action: Parameters<typeof runCommand>[1]) => {
    process.exitCode = await runCommand(terminal, action);
  };
  const json = () => new Option('--json', 'machine-readable output');
  const protocol = () =>
    new Option('--protocol <protocol>', 'OTLP over grpc or http').choices(['grpc', 'http']).default('grpc');

  program
    .command('status')
    .description('show what runs, its health, endpoints and rates')
    .addOption(json())
    .option('--watch', 'print again with every change')
    .action((options) => run(async () => (await import('./commands/status')).status(options, terminal)));

  program
    .command('grafana')
    .description("how Grafana's tools (mcp-grafana, gcx, OATs) ask here; on or off")
    .addArgument(program.createArgument('[state]', 'lets them in, or not').choices(['on', 'off']))
    .addOption(json())
    .action((change: 'on' | 'off' | undefined, options) =>
      run(async () => (await import('./commands/grafana')).grafana(change, options, terminal)),
    );

  program
    .command('dismiss')
    .description('take problems that are over from the list')
    .argument('[problem]', 'its id, as `status` shows it (default: all that are over)')
    .addOption(json())
    .action((id: string | undefined, options) =>
      run(async () => void (await (await import('./commands/dismiss')).dismiss(id, options, terminal))),
    );

  program
    .command('env')
    .description('print the environment variables that point an app here')
    .option('--service <name>', "the app's service name (default: from the settings)")
    .addOption(new Option('--shell <shell>', 'syntax of the block').choices(shells).default('bash'))
    .addOption(protocol())
    .addOption(json())
    .action((options) => run(async () => void (await (await import('./commands/snippets')).env(options, terminal))));

  program
    .command('snippet')
    .description('print the lines that make an app send traces, metrics and logs')
    .argument('[language]', `one of ${snippetLanguages.map(({ id }) => id).join(', ')} (default: list them)`)
    .option('--service <name>', "the app's service name (default: from the settings)")
    .addOption(protocol())
    .addOption(json())
    .action((language: string | undefined, options) =>
      run(async () => void (await (await import('./commands/snippets')).snippet(language, options, terminal))),
    );

  program
    .command('tail')
    .description('follow traces or logs as they arrive')
    .addArgument(program.createArgument('<what>', 'traces or logs').choices(['traces', 'logs']))
    .addOption(new Option('--query <query>', 'TraceQL or LogQL').default('', 'everything'))
    .addOption(json())
    .action((what: 'traces' | 'logs', options) =>
      run(
        async () =>
          void (await (
            await import('./commands/tail')
          ).tail(what, { ...options, signal: untilInterrupted() }, terminal)),
      ),
    );

  program
    .command('query')
    .description('ask in TraceQL, LogQL or PromQL')
    .addArgument(program.createArgument('<what>', 'traces, logs or metrics').choices(['traces', 'logs', 'metrics']))
    .argument(
      '<query>',
      "for example '{ status = error }', '{service_name=\"my-app\"} |= \"timeout\"', 'sum(rate(x_total[1m]))'",
    )
    .addOption(
      new Option('--since <when>', 'how far back: 15m, 2h, today, a date, a mark or a run').default('1h', '1h'),
    )
    .option('--run <run>', 'of this run alone, in its time')
    .option('--agent <agent>', agentHelp)
    .option('--limit <count>', 'most results', toCount, 50)
    .addOption(json())
    .action((what: Signal, text: string, options) =>
      run(async () => void (await (await import('./commands/query')).query(what, text, options, terminal))),
    );

  program
    .command('trace')
    .description('print one trace as a tree, with what failed and its critical path')
    .argument('<id>', "a trace's id, or the address of its page in the panel")
    .option('--for-agent', 'as short text for a coding agent: exceptions first, then log lines that warn')
    .addOption(json())
    .action((id: string, options) =>
      run(async () => void (await (await import('./commands/trace')).trace(id, options, terminal))),
    );

  program
    .command('generate')
    .description('send the telemetry of three demonstration services')
    .option('--rate <count>', 'requests a second', toRate, 10)
    .option('--duration <seconds>', 'stop after this long (default: Ctrl-C)', toSeconds)
    .option('--endpoint <host:port>', 'where to send (default: the running host)')
    .option('--seed <number>', 'tell the same story again', toCount)
    .addOption(protocol())
    .addOption(json())
    .action((options) =>
      run(
        async () =>
          void (await (
            await import('./commands/generate')
          ).generateTelemetry({ ...options, signal: untilInterrupted() }, terminal)),
      ),
    );

  program
    .command('diagnostics')
    .description('save what a report of a fault needs as a zip; secrets are masked')
    .argument('[file]', 'where (default: a new file in this folder)')
    .addOption(json())
    .action((file: string | undefined, options) =>
      run(async () => void (await (await import('./commands/diagnostics')).diagnostics(file, options, terminal))),
    );

  program
    .command('doctor')
    .description('check this machine, and the host if it runs, and say what to do')
    .option('--why-no-data', 'say why nothing arrives, and the line that mends it')
    .option('--service <name>', 'with --why-no-data: of this service')
    .option('--processes', 'with --why-no-data: look at the environment of your own processes; it is sent nowhere')
    .argument('[command...]', 'with --why-no-data, behind --: look at what this command would get')
    .addOption(json())
    .action((command: string[], options) =>
      run(async () =>
        options.whyNoData
          ? (await import('./commands/why-no-data')).whyNoData({ ...options, command }, terminal)
          : (await import('./commands/doctor')).doctor(options, terminal),
      ),
    );

  program
    .command('export')
    .description('write what is kept as OTLP JSON lines')
    .argument('[file]', 'where to; - is standard output', '-')
    .addOption(
      new Option('--signals <list>', 'some of traces,logs,metrics')
        .argParser(toSignals)
        .default(['traces', 'logs', 'metrics'] satisfies Signal[], 'all three'),
    )
    .option('--since <duration>', 'how far back: 15m, 2h, 3d (default: everything)', toDuration)
    .action((file: string, options) =>
      run(async () => void (await (await import('./commands/export')).exportTelemetry({ ...options, file }, terminal))),
    );

  program
    .command('import')
    .description('send a file of OTLP JSON: requests on a line each or laid out over several, gzip or plain')
    .argument('<file>')
    .option('--endpoint <url>', 'OTLP/HTTP base URL (default: the running host)')
    .addOption(json())
    .action((file: string, options) =>
      run(async () => void (await (await import('./commands/import')).importTelemetry(file, options, terminal))),
    );

  program
    .command('clean')
    .description('delete all telemetry that the backend keeps')
    .option('--yes', 'do not ask')
    .addOption(json())
    .action((options) => run(async () => void (await (await import('./commands/clean')).clean(options, terminal))));
}

function toSignals(text: string): Signal[] {
  const names = text.split(',').map((name) => name.trim());
  const known = ['traces', 'logs', 'metrics'] as const;
  if (names.some((name) => !known.includes(name as Signal)))
    throw new InvalidArgumentError(`Choose from ${known.join(', ')}.`);
  return names as Signal[];
}

function toRate(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 100_000)) throw new InvalidArgumentError('Give a number above 0, such as 10.');
  return value;
}

function toCount(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('Give a whole number above 0.');
  return value;
}

function toSeconds(text: string): number {
  const value = parseDuration(text) ?? Number(text) * 1000;
  if (!(value > 0)) throw new InvalidArgumentError('Give seconds, or a duration such as 5m.');
  return value / 1000;
}

function toDuration(text: string): number {
  const value = parseDuration(text);
  if (!value) throw new InvalidArgumentError('Give a duration such as 15m, 2h or 3d.');
  return value;
}
