import type { Delivery, Destination } from '../../shared/contract/destinations';
import type { Problem } from '../../shared/problem';
import type { StoredSecrets } from '../secrets/secret-store';
import { destinationHeaders } from './destination-headers';
import { isLocalHost } from './endpoint/is-local-host';
import { explainFailing } from './explain-failing';
import type { StoredDestination } from './stored-destination';

/** What may be shown of a destination. */
export function describeDestination(
  { id, kind, name, endpoint, instanceId, headerNames, enabled }: StoredDestination,
  { secrets, problem: fault }: StoredSecrets,
  delivery: Delivery,
): Destination {
  const hasSecret = destinationHeaders({ kind, instanceId, headerNames }, secrets.get(id)) !== null;
  const failing = enabled && delivery.state === 'failing' ? explainFailing({ kind, name }, delivery) : null;
  const problem = hasSecret ? (failing ?? warnOfClearText(endpoint)) : (fault ?? secretMissing(name));
  return {
    id,
    kind,
    name,
    endpoint,
    headerNames: kind === 'sumo' ? ['x-sumo-token'] : kind === 'grafana-cloud' ? ['Authorization'] : headerNames,
    hasSecret,
    enabled,
    delivery,
    ...(instanceId !== undefined && { instanceId }),
    ...(problem && { problem }),
  };
}

export function secretMissing(name: string): Problem {
  return {
    kind: 'secret-missing',
    message: `The token or the headers of ${name} are not there.`,
    hint: 'Give them again: secrets of the desktop app and of `watchtower serve` are kept apart.',
  };
}

function warnOfClearText(endpoint: string): Problem | null {
  const { protocol, hostname } = new URL(endpoint);
  if (protocol === 'https:' || isLocalHost(hostname)) return null;
  return {
    kind: 'unencrypted',
    message: `Telemetry and token go to ${hostname} unencrypted.`,
    hint: 'Use an https:// URL.',
  };
}
