import type { RedactionRule } from '../../shared/contract/destinations';
import type { ForwardConfig } from '../../shared/engine-messages';
import { destinationHeaders } from './destination-headers';
import type { DestinationSecret } from './secret-store';
import type { StoredDestination, StoredDestinations } from './stored-destination';

/** One destination with its secrets: for a backend alone, never for a log or an answer. */
export interface ForwardingDestination {
  id: string;
  kind: StoredDestination['kind'];
  name: string;
  /** OTLP/HTTP base URL. */
  endpoint: string;
  instanceId?: string;
  /** Complete for every request. */
  headers: Readonly<Record<string, string>>;
  /** Of Sumo Logic and Grafana Cloud; it is part of `headers` too. */
  token?: string;
}

export interface Forwarding {
  destinations: readonly ForwardingDestination[];
  redaction: readonly RedactionRule[];
}

/** What is switched on and has its secret, with the rules that are on. */
export function forwardingOf(
  { destinations, redaction }: StoredDestinations,
  secrets: ReadonlyMap<string, DestinationSecret>,
): Forwarding {
  const on = destinations.filter(({ enabled }) => enabled);
  return {
    redaction: redaction.filter(({ enabled }) => enabled),
    destinations: on.flatMap((destination) => {
      const secret = secrets.get(destination.id);
      const headers = destinationHeaders(destination, secret);
      return headers ? [withSecret(destination, headers, secret)] : [];
    }),
  };
}

function withSecret(
  { id, kind, name, endpoint, instanceId }: StoredDestination,
  headers: Record<string, string>,
  secret: DestinationSecret | undefined,
): ForwardingDestination {
  const token = kind === 'otlp' ? undefined : secret?.token;
  return {
    id,
    kind,
    name,
    endpoint,
    headers,
    ...(instanceId !== undefined && { instanceId }),
    ...(token !== undefined && { token }),
  };
}

/** What the embedded engine needs of it. */
export function toForwardConfig({ destinations, redaction }: Forwarding): ForwardConfig {
  return { redaction, destinations: destinations.map(({ id, endpoint, headers }) => ({ id, endpoint, headers })) };
}
