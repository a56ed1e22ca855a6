import type { CliRuntime } from '../../core/cli-runtime';
import type { ServicesBackend } from '../../shared/contract/backend';
import type { SwitchableBackend } from '../../shared/contract/host';
import { servicesBackendOf } from '../../shared/services-backend-of';
import { type Attached, attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT, type ExitCode } from '../exit-codes';
import { findService, servicesBackend } from '../find-service';
import { describeEndpoints, followHost, followServices } from '../follow-start';
import { panelLink } from '../panel-link';
import { attachOrStart } from '../start-background-host';
import { jsonLine, type Terminal } from '../terminal';
import { changesExternal, type ExternalOptions, setExternal, tellExternal } from './external';

export interface UpOptions {
  backend?: SwitchableBackend;
  json?: boolean;
  /** Flags of `serve` for the host that is started when none runs. */
  serveArguments: readonly string[];
}

/** Starts the chosen backend and waits until it is ready, starting a host when none runs. */
export async function up(options: UpOptions, terminal: Terminal, runtime: CliRuntime): Promise<ExitCode> {
  const { client, host, started } = await attachOrStart(options.serveArguments, runtime);
  if (started) terminal.error('Started a host in the background; `watchtower shutdown` ends it.\n');
  const wanted = options.backend;
  if (wanted && wanted !== (await client.host.settings()).backend) await client.host.switchBackend({ backend: wanted });
  return settle({ client, host }, options, terminal);
}

export async function down(options: { json?: boolean }, terminal: Terminal): Promise<ExitCode> {
  const { client } = await attach();
  const status = await client.host.stop();
  terminal.out(
    options.json ? jsonLine(status) : `The ${status.backend} backend is ${status.state}; its data is kept.\n`,
  );
  return status.state === 'stopped' ? EXIT.ok : EXIT.failed;
}

/** Ends the host, and with it the embedded engine; containers and clusters go on. */
export async function shutdown(options: { json?: boolean }, terminal: Terminal): Promise<void> {
  const { client, host } = await attach();
  await client.host.shutdown();
  terminal.out(options.json ? jsonLine({ stopping: true, pid: host.pid }) : `The host (pid ${host.pid}) ends.\n`);
}

export type BackendOptions = ExternalOptions & { json?: boolean; context?: string };

function contextWithout(wanted: SwitchableBackend | undefined): CommandFailure {
  return new CommandFailure(
    {
      kind: 'flag-missing',
      message: `--context names a cluster${wanted ? `; ${wanted} runs in none` : ''}.`,
      hint: 'watchtower backend kubernetes --context NAME',
    },
    EXIT.usage,
  );
}

/** Prints the backend in use, or switches to another and waits until it is ready. */
export async function backend(
  wanted: SwitchableBackend | undefined,
  options: BackendOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.context !== undefined && wanted !== 'kubernetes') throw contextWithout(wanted);
  const { json, context, ...external } = options;
  const sets = changesExternal(external);
  if (sets && wanted !== 'external') throw notExternal();
  const { client, host } = await attach();
  if (sets) await setExternal(client, external);
  if (!wanted) {
    const { backend: current, state } = await client.host.snapshot();
    terminal.out(json ? jsonLine({ backend: current, state }) : `${current} (${state})\n`);
    return EXIT.ok;
  }
  await client.host.switchBackend({ backend: wanted, ...(context && { context }) });
  if (wanted === 'external') return tellExternal(client, options, terminal);
  return settle({ client, host }, options, terminal);
}

function notExternal(): CommandFailure {
  return new CommandFailure(
    {
      kind: 'bad-request',
      message: 'Addresses, headers and the tenant are of the external backend.',
      hint: 'Write `watchtower backend external --tempo URL --loki URL --prometheus URL`.',
    },
    EXIT.usage,
  );
}

/** Restarts one service of the backend, or the whole of it. */
export async function restart(
  service: string | undefined,
  options: { json?: boolean; backend?: ServicesBackend },
  terminal: Terminal,
): Promise<ExitCode> {
  const { client, host } = await attach();
  if (!service) {
    await client.host.restart();
    return settle({ client, host }, options, terminal);
  }
  const apart = await servicesBackend(client, options.backend);
  const { name } = await findService(client, apart, service);
  await client.backend.restartService({ backend: apart, service: name });
  return settle({ client, host }, options, terminal);
}

async function settle({ client, host }: Attached, options: { json?: boolean }, terminal: Terminal): Promise<ExitCode> {
  const apart = servicesBackendOf(await client.host.snapshot());
  if (apart) {
    await client.backend.up({ backend: apart });
    await followServices(client, apart, terminal);
  } else await followHost(client);
  const status = await client.host.snapshot();
  terminal.out(options.json ? jsonLine(status) : describeEndpoints(status, panelLink(host, terminal), terminal));
  return status.state === 'ready' ? EXIT.ok : EXIT.failed;
}
