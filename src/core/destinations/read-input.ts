import type { DestinationInput } from '../../shared/contract/destinations';
import type { Problem } from '../../shared/problem';
import { checkHeaders } from '../secrets/check-headers';
import type { DestinationSecret } from '../secrets/secret-store';
import { readEndpoint } from './endpoint/read-endpoint';
import type { StoredDestination } from './stored-destination';

export interface ReadInput {
  destination: Omit<StoredDestination, 'id' | 'enabled'>;
  /** Null: none was given. */
  secret: DestinationSecret | null;
}

/** Parts what a person filled in into what may be shown and what is secret. `before`: what an update changes. */
export function readInput(input: DestinationInput, before?: StoredDestination): ReadInput | Problem {
  const read = readEndpoint(input);
  if ('kind' in read) return read;
  const { name } = input;
  const { endpoint } = read;
  if (input.kind === 'otlp') {
    const names = input.headers?.map((header) => header.name) ?? before?.headerNames ?? [];
    const secret = input.headers ? Object.fromEntries(input.headers.map(({ name, value }) => [name, value])) : null;
    return (
      checkHeaders(secret, names) ?? { destination: { kind: 'otlp', name, endpoint, headerNames: [...names] }, secret }
    );
  }
  // A token typed in counts more than the one in the URL: it is what somebody did last.
  const token = input.token ?? read.token;
  const secret = token === undefined ? null : { token };
  const problem = checkHeaders(secret, []);
  if (problem) return problem;
  if (input.kind === 'sumo') return { destination: { kind: 'sumo', name, endpoint, headerNames: [] }, secret };
  const { kind, instanceId } = input;
  return { destination: { kind, name, endpoint, instanceId, headerNames: [] }, secret };
}
