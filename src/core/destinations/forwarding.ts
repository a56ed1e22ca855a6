import type { ForwardConfig } from '../../shared/engine-messages';
import type { DestinationSecret } from '../secrets/secret-store';
import { destinationHeaders } from './destination-headers';
import type { StoredDestinations } from './stored-destination';

/** What a backend shall send on, with the secrets in the headers: never for a log or an answer. */
export type Forwarding = ForwardConfig;

/** What is switched on and has its secret, with the rules that are on. */
export function forwardingOf(
  { destinations, redaction, agentContent }: StoredDestinations,
  secrets: ReadonlyMap<string, DestinationSecret>,
): Forwarding {
  const on = destinations.filter(({ enabled }) => enabled);
  return {
    redaction: redaction.filter(({ enabled }) => enabled),
    ...(agentContent && { agentContent }),
    destinations: on.flatMap((destination) => {
      const headers = destinationHeaders(destination, secrets.get(destination.id));
      return headers ? [{ id: destination.id, endpoint: destination.endpoint, headers }] : [];
    }),
  };
}
