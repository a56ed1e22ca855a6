import type { Problem } from '../../../shared/problem';

/** Paths of the APIs themselves, which people copy along with the base. */
const ownPaths =
  /(?:\/loki)?\/api\/v[12](?:\/.*)?$|\/v1\/(?:traces|metrics|logs)$|\/api\/(?:search|traces|echo)(?:\/.*)?$/;

/**
 * A base URL without a slash at its end and without the path of the API itself. Problems do not repeat the URL: what is wrong
 * with it may be a secret in it. `what`: as in "The URL of Tempo".
 */
export function readAddress(text: string, what: string): { base: string } | Problem {
  if (!URL.canParse(text)) return refuse(`The URL of ${what} cannot be read.`, 'Give it as https://HOST/PATH.');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refuse(`The URL of ${what} does not begin with http:// or https://.`, 'Give it as https://HOST/PATH.');
  }
  if (url.username || url.password) {
    return refuse(
      `The URL of ${what} holds a user name or password.`,
      'Give them as a header instead: Authorization with the value "Basic " and base64 of USER:PASSWORD.',
    );
  }
  if (url.search || url.hash) {
    return refuse(
      `The URL of ${what} holds a ${url.search ? 'query (?…)' : 'fragment (#…)'}.`,
      'Leave it out: keys are given as headers, and the URL ends with its path.',
    );
  }
  const path = url.pathname.replace(/\/+$/, '').replace(ownPaths, '').replace(/\/+$/, '');
  return { base: `${url.origin}${path}` };
}

function refuse(message: string, hint: string): Problem {
  return { kind: 'external-url-invalid', message, hint };
}
