import type { Problem } from '../../../shared/problem';

/** What is sent on to where it came from would go round for ever. `own`: base URL of Watchtower's OTLP/HTTP receiver. */
export function refuseOwnEndpoint(endpoint: string, own: string): Problem | null {
  const { hostname, port } = new URL(endpoint);
  const here = /^(?:localhost|.*\.localhost|127\..*|0\.0\.0\.0|\[::1?\]|host\.docker\.internal)$/i.test(hostname);
  if (!here || port !== new URL(own).port) return null;
  return {
    kind: 'endpoint-is-own',
    message: `${endpoint} is Watchtower's own receiver: everything would come back and go round for ever.`,
    hint: 'Give the address of another program.',
  };
}
