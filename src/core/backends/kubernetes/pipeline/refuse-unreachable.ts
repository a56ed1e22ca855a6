import type { Problem } from '../../../../shared/problem';
import type { Forwarding } from '../../../destinations/forwarding';

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\]|host\.docker\.internal)$/;

/** A destination on this machine's own loopback is nobody whom a pod reaches; the problem names it. */
export function refuseUnreachable(destinations: Forwarding['destinations']): Problem | null {
  const found = destinations.find(({ endpoint }) => loopback.test(new URL(endpoint).hostname));
  if (!found) return null;
  return {
    kind: 'endpoint-refused',
    message: `The destination ${found.id} is at ${new URL(found.endpoint).host}, which no pod of the cluster reaches.`,
    hint: 'Give it an address that the cluster reaches, or use another backend.',
  };
}
