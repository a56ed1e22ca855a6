import type { HostClient } from '../core/http/client/create-host-client';
import type { BackendStatus, ServicesBackend } from '../shared/contract/backend';
import type { HostStatus } from '../shared/contract/host';
import { formatBytes } from '../shared/format-bytes';
import { CommandFailure } from './command-failure';
import { describeOtlp } from './describe-otlp';
import { EXIT, type ExitCode } from './exit-codes';
import { paint, printable, type Terminal } from './terminal';
import { describeQueries } from './text/describe-queries';

/** Prints each step of services that start on a line of its own until they rest; 0 when all are ready. */
export async function followServices(
  client: HostClient,
  backend: ServicesBackend,
  terminal: Terminal,
): Promise<ExitCode> {
  let said = '';
  for await (const status of await client.backend.status({ backend })) {
    const line = describeStep(status);
    if (line && line !== said) terminal.error(`${line}\n`);
    said = line;
    if (status.state === 'ready') return EXIT.ok;
    if (status.state === 'degraded' || status.state === 'failed' || status.state === 'stopped') throw failure(status);
  }
  return EXIT.failed;
}

/** Waits until the host's backend is ready, where its start has no steps to tell. */
export async function followHost(client: HostClient): Promise<ExitCode> {
  const status = await client.host.start();
  if (status.state === 'ready') return EXIT.ok;
  const problem = status.problems[0];
  throw new CommandFailure(
    problem ?? { kind: 'not-ready', message: `The ${status.backend} backend is ${status.state}.` },
  );
}

function describeStep({ state, step, pull }: BackendStatus): string {
  if (state !== 'pulling' || !pull) return step;
  const failed = pull.images.find(({ problem }) => problem);
  if (failed?.problem) return `${failed.image}: ${failed.problem.message}`;
  const done = pull.images.filter((image) => image.state === 'present').length;
  // Tenths: a line for each step of a tenth is progress enough for a log.
  const tenth = pull.totalBytes > 0 ? Math.floor((10 * pull.currentBytes) / pull.totalBytes) * 10 : 0;
  const size = pull.totalBytes > 0 ? `, ${tenth} % of ${formatBytes(pull.totalBytes)}` : '';
  return `Pulling images: ${done} of ${pull.images.length} present${size}`;
}

function failure({ state, problem, services }: BackendStatus): CommandFailure {
  const hurt = services.find((service) => service.problem)?.problem;
  return new CommandFailure(problem ?? hurt ?? { kind: 'stack-not-ready', message: `The stack is ${state}.` });
}

/** Where everything is, after a start; `panel` is the panel's address. */
export function describeEndpoints(status: HostStatus, panel: string, terminal: Terminal): string {
  const { endpoints } = status;
  const rows = [
    ['panel', panel],
    ['OTLP', describeOtlp(endpoints)],
    ['query', describeQueries(endpoints)],
    ...(endpoints.grafana ? [['Grafana', `${endpoints.grafana} (admin / watchtower)`]] : []),
  ];
  const state = `${status.backend}, ${paint(terminal, status.state === 'ready' ? 'green' : 'yellow', status.state)}`;
  return [['backend', state], ...rows]
    .map(([name, value]) => `${paint(terminal, 'dim', name!.padEnd(9))} ${printable(value!)}\n`)
    .join('');
}
