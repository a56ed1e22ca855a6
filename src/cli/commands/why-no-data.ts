import type { HostClient } from '../../core/http/client/create-host-client';
import { findHost } from '../../core/ownership/host-file';
import { resolveHome } from '../../core/ownership/resolve-home';
import { usualPorts } from '../../core/ports/default-ports';
import { findPortHolder } from '../../core/ports/find-port-holder';
import { findEarlyEnd } from '../../core/run-environment/find-early-end';
import type { Sender } from '../../core/silence/cause';
import { chooseSenders } from '../../core/silence/choose-senders';
import { readOwnProcesses } from '../../core/silence/read-own-processes';
import { whyNoData as findWhy, type Silence, type SilenceFacts } from '../../core/silence/why-no-data';
import type { HostStatus } from '../../shared/contract/host';
import { confirm } from '../ask';
import { attach } from '../attach';
import { EXIT, type ExitCode } from '../exit-codes';
import { jsonLine, paint, printable, type Terminal } from '../terminal';

export interface WhyNoDataOptions {
  service?: string;
  /** The environment of the user's own processes may be read. */
  processes?: boolean;
  /** What would be started, in this environment. */
  command: readonly string[];
  json?: boolean;
}

/** What counts as having sent lately. */
const lately = 15 * 60_000;

/** Says in a sentence why nothing arrives, and the line that mends it; exit code 1 where there is a cause, 0 where data arrives. */
export async function whyNoData(options: WhyNoDataOptions, terminal: Terminal): Promise<ExitCode> {
  const { service, command, json } = options;
  const host = (await findHost(resolveHome())) ? await attach() : null;
  const status = host ? await host.client.host.snapshot() : null;
  const now = Date.now();
  const heard = host
    ? await host.client.services.list({ window: { from: now - lately, to: now } }).catch(() => null)
    : null;
  const sent = (heard?.services ?? []).filter(({ spans, logs, metrics }) => spans > 0 || logs > 0 || metrics);
  const asks = command.length === 0 && (await mayLook(options));
  const senders =
    command.length > 0 ? [senderOf(command)] : asks ? chooseSenders(await readOwnProcesses(), service) : [];
  const ended = host && command.length === 0 && service === undefined ? await readEarlyEnd(host.client, now) : null;
  const silence = await findWhy({
    status,
    holders: status ? [] : await holdersOfUsualPorts(),
    receiver: receiverOf(status),
    senders,
    ...(ended && { ended }),
    service,
    heard: sent.map(({ name }) => name).filter((name) => name !== 'watchtower'),
    now,
  });
  if (json) terminal.out(jsonLine({ ...silence, lookedAt: senders.map(({ who }) => who) }));
  else print(silence, { asks, found: senders.length, options }, terminal);
  return silence.causes.length > 0 && silence.arriving === null ? EXIT.failed : EXIT.ok;
}

/** Of the last run, where that ended lately. */
async function readEarlyEnd(client: HostClient, now: number): Promise<SilenceFacts['ended'] | null> {
  const [run] = (await client.runs.list({ limit: 1 })).runs;
  if (!run?.endedAt || now - run.endedAt > lately) return null;
  const summary = await client.runs.summary({ ref: run.id }).catch(() => null);
  const early = summary && findEarlyEnd(run, summary.telemetry, process.env);
  return early && { ...early, run: run.id };
}

/** At a terminal a person is asked; elsewhere only the flag says yes. */
async function mayLook({ processes, json }: WhyNoDataOptions): Promise<boolean> {
  if (processes) return true;
  if (json || !process.stdin.isTTY) return false;
  return confirm(
    'Look at the OTEL_ and proxy variables of your own processes? They are not kept or sent anywhere. [y/N] ',
  );
}

/** `env NAME=VALUE … COMMAND` is looked through. */
function senderOf(command: readonly string[]): Sender {
  const words = command[0] === 'env' ? command.slice(1) : [...command];
  const environment: Record<string, string | undefined> = { ...process.env };
  while (/^[A-Za-z_]\w*=/.test(words[0] ?? '')) {
    const [name = '', ...value] = words.shift()!.split('=');
    environment[name] = value.join('=');
  }
  return { who: 'The command', command: words, environment, apart: false, ageMs: null };
}

function receiverOf(status: HostStatus | null) {
  const { otlpGrpc, otlpHttp } = status?.endpoints ?? {};
  const holderOf = async (port: number) => (await findPortHolder(port))?.name ?? null;
  return { otlpGrpc, otlpHttp, holderOf };
}

async function holdersOfUsualPorts(): Promise<{ port: number; name: string }[]> {
  const ports = [usualPorts.otlpGrpc, usualPorts.otlpHttp];
  const found = await Promise.all(ports.map(async (port) => ({ port, name: (await findPortHolder(port))?.name })));
  return found.filter((each): each is { port: number; name: string } => each.name !== undefined);
}

interface Looked {
  asks: boolean;
  found: number;
  options: WhyNoDataOptions;
}

function print({ arriving, causes }: Silence, { asks, found, options }: Looked, terminal: Terminal): void {
  if (arriving) terminal.out(`${paint(terminal, 'green', '✓')} ${printable(arriving)}\n`);
  const [first, ...others] = causes;
  if (first) terminal.out(`${paint(terminal, 'red', '✗')} ${printable(first.sentence)}\n  ${printable(first.mend)}\n`);
  for (const { sentence, mend } of others)
    terminal.out(`${paint(terminal, 'yellow', '!')} ${printable(sentence)}\n  ${printable(mend)}\n`);
  if (!first && !arriving) terminal.out('Nothing was found that keeps telemetry away.\n');
  if (asks && found === 0) {
    const of = options.service ? `the service ${options.service}` : 'OpenTelemetry';
    terminal.out(`None of your processes has a variable that names ${printable(of)}.\n`);
  }
  if (!asks && options.command.length === 0 && !arriving)
    terminal.out('`--processes` looks at your own processes as well, `-- COMMAND` at what a command would get.\n');
}
