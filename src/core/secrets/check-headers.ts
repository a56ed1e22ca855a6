import type { Problem } from '../../shared/problem';
import type { DestinationSecret } from './secret-store';

/** What HTTP allows in a header's value. */
const headerValue = /^[\t\x20-\x7e\x80-\xff]+$/;
/** Set by what sends; another value would break the request. */
const ownHeaders = ['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'host', 'connection'];

/** Why these are none that a request may carry; `names` also of those whose values are kept already. */
export function checkHeaders(secret: DestinationSecret | null, names: readonly string[]): Problem | null {
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
