import { type Command, Option } from 'commander';
import { SwitchableBackend } from '../shared/contract/host';
import { type BackendOptions, backend } from './commands/backend';
import type { runCommand } from './run-command';
import type { Terminal } from './terminal';

type Run = (action: Parameters<typeof runCommand>[1]) => Promise<void>;

/** Adds the command that shows and switches what stands behind the ports. */
export function registerBackendChoice(program: Command, terminal: Terminal, run: Run): void {
  const several = (flag: string, text: string) =>
    new Option(flag, text).argParser((each: string, before: string[] | undefined) => [...(before ?? []), each]);
  program
    .command('backend')
    .description('show what stands behind the ports, or switch to another')
    .addArgument(
      program.createArgument('[backend]', SwitchableBackend.options.join(', ')).choices(SwitchableBackend.options),
    )
    .option(
      '--context <name>',
      'kubernetes: a context of the kubeconfig from now on; kind-watchtower is the cluster that is made here',
    )
    .option('--tempo <url>', 'external: base URL of its Tempo API')
    .option('--loki <url>', 'external: base URL of its Loki API')
    .option('--prometheus <url>', 'external: base URL of its Prometheus API (Mimir: with /prometheus)')
    .option('--otlp-grpc <url>', 'external: where apps send OTLP over gRPC')
    .option('--otlp-http <url>', 'external: where apps send OTLP over HTTP')
    .option('--tenant <id>', 'external: X-Scope-OrgID of every request')
    .option('--ca-file <file>', 'external: PEM file with authorities to trust as well')
    .addOption(
      several(
        '--header-env <[api:]name=variable>',
        'external: a header whose value a variable of the environment has; may be repeated',
      ),
    )
    .addOption(several('--header <[api:]name>', 'external: a header whose value is asked for; may be repeated'))
    .addOption(new Option('--json', 'machine-readable output'))
    .action((wanted: SwitchableBackend | undefined, options: BackendOptions) =>
      run(() => backend(wanted, options, terminal)),
    );
}
