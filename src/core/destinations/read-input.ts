import type { DestinationInput } from '../../shared/contract/destinations';
import type { Problem } from '../../shared/problem';
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

/** What HTTP allows in a header's value. */
const headerValue = /^[\t\x20-\x7e\x80-\xff]+$/;
/** Set by what sends; another value would break the request. */
const ownHeaders = ['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'host', 'connection'];

function checkHeaders(secret: DestinationSecret | null, names: readonly string[]): Problem | null {
  const lower = names.map((name) => name.toLowerCase());
  const own = lower.find((name) => ownHeaders.includes(name));
  const twice = lower.find((name, index) => lower.indexOf(name) !== index);
  if (own ?? twice) {
    const message = own ? `The header ${own} is set by Watchtower itself.` : `The header ${twice} is given twice.`;
    return { kind: 'header-refused', message, hint: 'Leave it out.' };
  }
  if (Object.values(secret ?? {}).every((value) => headerValue.test(value))) return null;
  return {
    kind: 'secret-invalid',
    message: 'The token or header value holds characters that HTTP does not allow.',
    hint: 'Copy it again: a line break or a typographic character may have slipped in.',
  };
}
