import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CliRuntime } from '../core/cli-runtime';
import { ServicesBackend } from '../shared/contract/backend';
import { SwitchableBackend } from '../shared/contract/host';
import { down, restart, shutdown, type UpOptions, up } from './commands/backend';
import {
  type AddOptions,
  addDestination,
  listDestinations,
  removeDestination,
  replaceKey,
  sumo,
  switchAgentContent,
  testDestination,
  toggleDestination,
} from './commands/destination';
import { openPanel } from './commands/open';
import { serviceLogs } from './commands/service-logs';
import { addPortOptions, type PortValues, serveArguments } from './ports/port-options';
import { registerBackendChoice } from './register-backend-choice';
import { runCommand } from './run-command';
import type { Terminal } from './terminal';
import { untilInterrupted } from './until-interrupted';

const onlyOne = 'its name, its id, or its kind (default: the only one there is)';
const backends = SwitchableBackend.options;

/** Adds the commands that start, stop and switch what stands behind the ports, and where else telemetry goes. */
export function registerBackendCommands(program: Command, terminal: Terminal, runtime: CliRuntime): void {
  const run = async (action: Parameters<typeof runCommand>[1]) => {
    process.exitCode = await runCommand(terminal, action);
  };
  const json = () => new Option('--json', 'machine-readable output');
  const whose = () =>
    new Option('--backend <backend>', 'whose service it is (default: the backend in use)').choices(
      ServicesBackend.options,
    );

  const starting = (name: string) => addPortOptions(program.command(name).addOption(json()));
  starting('up')
    .description('start the backend, and a host in the background where none runs')
    .addOption(new Option('--backend <backend>', 'switch to this one first').choices(backends))
    .action((options: Omit<UpOptions, 'serveArguments'> & PortValues) =>
      run(() => up({ ...options, serveArguments: serveArguments(options) }, terminal, runtime)),
    );

  starting('open')
    .description('open the panel in the browser, signed in; starts a host in the background where none runs')
    .argument('[page]', 'traces, logs, … or an address of the panel', '')
    .action((page: string, options: { json?: boolean } & PortValues) =>
      run(async () => {
        await openPanel(page, { ...options, serveArguments: serveArguments(options) }, terminal, runtime);
      }),
    );

  program
    .command('down')
    .description('stop the backend; what it keeps stays')
    .addOption(json())
    .action((options) => run(() => down(options, terminal)));

  program
    .command('restart')
    .description('restart the backend, or one of its services')
    .argument('[service]', 'alloy, tempo, loki, prometheus or grafana')
    .addOption(whose())
    .addOption(json())
    .action((service: string | undefined, options) => run(() => restart(service, options, terminal)));

  program
    .command('shutdown')
    .description('end the host; containers and clusters go on')
    .addOption(json())
    .action((options) => run(async () => void (await shutdown(options, terminal))));

  registerBackendChoice(program, terminal, run);

  program
    .command('logs')
    .description('print what a service of the backend wrote')
    .argument('<service>', 'alloy, tempo, loki, prometheus or grafana')
    .option('-f, --follow', 'go on as it writes')
    .option('--tail <lines>', 'from this many lines back', toLines, 200)
    .addOption(whose())
    .addOption(json())
    .action((service: string, options) =>
      run(async () => void (await serviceLogs(service, { ...options, signal: untilInterrupted() }, terminal))),
    );

  program
    .command('sumo')
    .description('send a copy of everything to Sumo Logic, or stop it')
    .addArgument(program.createArgument('<action>', 'on, off or status').choices(['on', 'off', 'status']))
    .addOption(json())
    .action((action: 'on' | 'off' | 'status', options) => run(() => sumo(action, options, terminal)));

  registerDestination(program, terminal, run, json);
}

function registerDestination(
  program: Command,
  terminal: Terminal,
  run: (action: Parameters<typeof runCommand>[1]) => Promise<void>,
  json: () => Option,
): void {
  const group = program.command('destination').description('clouds that get a copy of everything');
  group
    .command('add')
    .description('keep a destination; its secret is asked for, or read from standard input')
    .addArgument(
      program.createArgument('<kind>', 'sumo, grafana-cloud or otlp').choices(['sumo', 'grafana-cloud', 'otlp']),
    )
    .option('--name <name>', 'how it is called here')
    .option('--endpoint <url>', 'OTLP/HTTP base URL (Sumo Logic: leave it out and paste the whole URL when asked)')
    .option('--instance-id <number>', 'of the Grafana Cloud stack')
    .addOption(
      new Option('--header <name>', 'a header to send; its value is asked for; may be repeated')
        .argParser((name: string, names: string[]) => [...names, name])
        .default([], 'none'),
    )
    .addOption(json())
    .action((kind: 'sumo' | 'grafana-cloud' | 'otlp', options: AddOptions) =>
      run(async () => void (await addDestination(kind, options, terminal))),
    );
  group
    .command('list')
    .description('show all, and how the sending goes')
    .addOption(json())
    .action((options) => run(async () => void (await listDestinations(options, terminal))));
  group
    .command('remove')
    .argument('[name]', onlyOne)
    .description('forget it and its secret')
    .option('--yes', 'do not ask')
    .addOption(json())
    .action((name: string | undefined, options) =>
      run(async () => void (await removeDestination(name, options, terminal))),
    );
  group
    .command('key')
    .argument('[name]', onlyOne)
    .description('replace its token or the values of its headers; they are asked for, or read from standard input')
    .addOption(json())
    .action((name: string | undefined, options) => run(async () => void (await replaceKey(name, options, terminal))));
  group
    .command('test')
    .argument('[name]', onlyOne)
    .description('send one span there and say what came back')
    .addOption(json())
    .action((name: string | undefined, options) => run(() => testDestination(name, options, terminal)));
  group
    .command('agent-content')
    .addArgument(group.createArgument('<what>', 'on or off').choices(['on', 'off']))
    .description('send what coding agents were told and said along, too; off leaves it out of every copy')
    .addOption(json())
    .action((what: 'on' | 'off', options) =>
      run(async () => void (await switchAgentContent(what === 'on', options, terminal))),
    );
  for (const action of ['on', 'off'] as const) {
    group
      .command(action)
      .argument('[name]', onlyOne)
      .description(`switch the sending ${action}`)
      .addOption(json())
      .action((name: string | undefined, options) =>
        run(() => toggleDestination(name, action === 'on', options, terminal)),
      );
  }
}

function toLines(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0 || value > 5000)
    throw new InvalidArgumentError('Give a number from 0 to 5000.');
  return value;
}
