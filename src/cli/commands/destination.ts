import type { HostClient } from '../../core/http/client/create-host-client';
import type { Destination, DestinationInput, DestinationsStatus } from '../../shared/contract/destinations';
import { askSecrets, confirm } from '../ask';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT, type ExitCode } from '../exit-codes';
import { jsonLine, paint, printable, type Terminal } from '../terminal';
import { describeDelivery } from '../text/describe-delivery';

export interface AddOptions {
  name?: string;
  endpoint?: string;
  instanceId?: string;
  /** Names; the values are asked for. */
  header: readonly string[];
  json?: boolean;
}

const titles: Record<Destination['kind'], string> = {
  sumo: 'Sumo Logic',
  'grafana-cloud': 'Grafana Cloud',
  otlp: 'OTLP',
};

/** Keeps a destination; it is off until it is switched on. Its secret is asked for or read from standard input. */
export async function addDestination(
  kind: Destination['kind'],
  options: AddOptions,
  terminal: Terminal,
): Promise<void> {
  const { client } = await attach();
  const added = await client.destinations.add(await readInput(kind, options));
  if (options.json) return terminal.out(jsonLine(added));
  terminal.out(
    `Added ${printable(added.name)} (${added.endpoint}). Try it with \`watchtower destination test "${printable(added.name)}"\`.\n`,
  );
}

async function readInput(kind: Destination['kind'], options: AddOptions): Promise<DestinationInput> {
  const name = options.name ?? titles[kind];
  if (kind === 'sumo') {
    refuseToken(options.endpoint);
    if (options.endpoint === undefined)
      return { kind, name, endpoint: (await askSecrets(['The URL of the Sumo Logic source']))[0]! };
    const [token] = await askSecrets(['The token of the Sumo Logic source']);
    return { kind, name, endpoint: options.endpoint, token: token! };
  }
  if (options.endpoint === undefined) throw missing('--endpoint', 'the OTLP base URL');
  if (kind === 'grafana-cloud') {
    if (options.instanceId === undefined) throw missing('--instance-id', 'the number of the Grafana Cloud stack');
    const [token] = await askSecrets(['The access policy token']);
    return { kind, name, endpoint: options.endpoint, instanceId: options.instanceId, token: token! };
  }
  const values = await askSecrets(options.header.map((header) => `The value of ${header}`));
  const headers = options.header.map((header, index) => ({ name: header, value: values[index]! }));
  return { kind, name, endpoint: options.endpoint, headers };
}

/** A presigned URL is itself a secret: it must not become a habit to type it where every process can read it. */
function refuseToken(endpoint: string | undefined): void {
  if (!endpoint || !/\/receiver\/v1\/otlp\/[^/]+/.test(endpoint)) return;
  throw new CommandFailure(
    {
      kind: 'secret-on-command-line',
      message: 'This URL holds a token: on a command line, other programs and the history of the shell see it.',
      hint: 'Leave --endpoint out and paste the URL when asked, or pipe it in. Make a new URL in Sumo Logic if this machine is shared.',
    },
    EXIT.usage,
  );
}

function missing(flag: string, what: string): CommandFailure {
  return new CommandFailure({ kind: 'flag-missing', message: `${flag} is missing: ${what}.` }, EXIT.usage);
}

export async function listDestinations(options: { json?: boolean }, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const status = await client.destinations.snapshot();
  terminal.out(options.json ? jsonLine(status) : describeDestinations(status, terminal));
}

function describeDestinations({ destinations, secretStore }: DestinationsStatus, terminal: Terminal): string {
  if (destinations.length === 0) return 'No destination yet: `watchtower destination add sumo` adds one.\n';
  const lines = destinations.map((destination) => `${describeDelivery(destination, terminal)}\n`);
  return `${lines.join('')}${paint(terminal, 'dim', `Secrets are kept in ${secretStore}.`)}\n`;
}

export async function removeDestination(
  which: string | undefined,
  options: { yes?: boolean; json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const { client } = await attach();
  const { id, name } = await findDestination(client, which);
  if (!options.yes && !(await confirm(`Remove ${printable(name)} and its secret? [y/N] `)))
    return terminal.error('Nothing was removed.\n');
  const status = await client.destinations.remove({ id });
  terminal.out(options.json ? jsonLine(status) : `Removed ${printable(name)}.\n`);
}

/** Another secret for a destination that is there; it is sent with from now on. */
export async function replaceKey(
  which: string | undefined,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const { client } = await attach();
  const destination = await findDestination(client, which);
  const changed = await client.destinations.update({ id: destination.id, destination: await askKey(destination) });
  if (options.json) return terminal.out(jsonLine(changed));
  terminal.out(
    `${printable(changed.name)} has its new key. Try it with \`watchtower destination test "${printable(changed.name)}"\`.\n`,
  );
}

async function askKey({ kind, name, endpoint, instanceId, headerNames }: Destination): Promise<DestinationInput> {
  if (kind === 'otlp') {
    const values = await askSecrets(headerNames.map((header) => `The value of ${header}`));
    return { kind, name, endpoint, headers: headerNames.map((header, at) => ({ name: header, value: values[at]! })) };
  }
  if (kind === 'grafana-cloud') {
    const [token] = await askSecrets(['The access policy token']);
    return { kind, name, endpoint, instanceId: instanceId!, token: token! };
  }
  // A whole presigned URL is as good: its token is cut out.
  const [given] = await askSecrets(['The URL of the Sumo Logic source, or its token']);
  return /^https?:/.test(given!) ? { kind, name, endpoint: given! } : { kind, name, endpoint, token: given! };
}

export async function testDestination(
  which: string | undefined,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { client } = await attach();
  const { id, name } = await findDestination(client, which);
  const result = await client.destinations.test({ id });
  const mark = paint(terminal, result.ok ? 'green' : 'red', result.ok ? '✓' : '✗');
  const hint = result.hint ? `${result.hint}\n` : '';
  terminal.out(
    options.json
      ? jsonLine(result)
      : `${mark} ${printable(name)}: ${printable(result.message)} (${result.milliseconds} ms)\n${printable(hint)}`,
  );
  return result.ok ? EXIT.ok : EXIT.failed;
}

/** Whether what coding agents were told and said goes along. */
export async function switchAgentContent(on: boolean, options: { json?: boolean }, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const { agentContent = false } = await client.destinations.setAgentContent({ on });
  if (options.json) return terminal.out(jsonLine({ agentContent }));
  terminal.out(
    agentContent
      ? 'What coding agents were told and said now goes to every destination that is on.\n'
      : 'What coding agents were told and said is left out of every copy.\n',
  );
}

export async function toggleDestination(
  which: string | undefined,
  enabled: boolean,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { client } = await attach();
  const { id } = await findDestination(client, which);
  return toggle(client, id, enabled, options, terminal);
}

/** The Sumo Logic destination, on or off; the first one where there are several. */
export async function sumo(
  action: 'on' | 'off' | 'status',
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { client } = await attach();
  const { destinations } = await client.destinations.snapshot();
  const found = destinations.find(({ kind }) => kind === 'sumo');
  if (!found && action === 'off') {
    terminal.out(options.json ? jsonLine(null) : 'Sumo Logic was never set up: nothing is sent.\n');
    return EXIT.ok;
  }
  if (!found) {
    throw new CommandFailure({
      kind: 'no-sumo',
      message: 'There is no Sumo Logic destination yet.',
      hint: 'Add it with `watchtower destination add sumo` and paste the URL of an OTLP/HTTP source.',
    });
  }
  if (action !== 'status') return toggle(client, found.id, action === 'on', options, terminal);
  terminal.out(options.json ? jsonLine(found) : `${describeDelivery(found, terminal)}\n`);
  return found.delivery.state === 'failing' ? EXIT.failed : EXIT.ok;
}

async function toggle(
  client: HostClient,
  id: string,
  enabled: boolean,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const status = await client.destinations.toggle({ id, enabled });
  const destination = status.destinations.find((each) => each.id === id)!;
  terminal.out(options.json ? jsonLine(destination) : `${describeDelivery(destination, terminal)}\n`);
  return destination.enabled === enabled ? EXIT.ok : EXIT.failed;
}

/** By id, by name, or by kind where it has only one; without a word the only one there is. */
async function findDestination(client: HostClient, which: string | undefined): Promise<Destination> {
  const { destinations } = await client.destinations.snapshot();
  if (which === undefined) return theOnlyOne(destinations);
  const named = destinations.filter(({ id, name }) => id === which || name.toLowerCase() === which.toLowerCase());
  const matches = named.length > 0 ? named : destinations.filter(({ kind }) => kind === which);
  if (matches.length === 1) return matches[0]!;
  throw new CommandFailure(
    {
      kind: 'unknown-destination',
      message:
        matches.length > 1
          ? `${JSON.stringify(which)} names ${matches.length} destinations.`
          : `There is no destination ${JSON.stringify(which)}.`,
      hint: describeKnown(destinations),
    },
    EXIT.usage,
  );
}

function theOnlyOne(destinations: readonly Destination[]): Destination {
  const [first, ...others] = destinations;
  if (first && others.length === 0) return first;
  throw new CommandFailure(
    {
      kind: 'unknown-destination',
      message: first ? `There are ${destinations.length} destinations: say which.` : 'There is no destination yet.',
      hint: describeKnown(destinations),
    },
    EXIT.usage,
  );
}

function describeKnown(destinations: readonly Destination[]): string {
  if (destinations.length === 0) return 'Add one with `watchtower destination add sumo`.';
  return `Known: ${destinations.map(({ name }) => JSON.stringify(name)).join(', ')}.`;
}
