import type { Problem } from '../../../shared/problem';

/** What a Sumo Logic URL holds: the base URL of its OTLP/HTTP source and, where it is presigned, the token. */
export interface SumoEndpoint {
  endpoint: string;
  token?: string;
}

const sourcePath = '/receiver/v1/otlp';
const signals = ['traces', 'metrics', 'logs'];

/**
 * Cuts the token out of `https://HOST/receiver/v1/otlp/TOKEN`, also with `/v1/traces` and its like behind it. Query and
 * fragment are left off. A host alone gets the path; the URL of another kind of source is a Problem that does not
 * repeat it, because it holds a token as well.
 */
export function splitPresignedUrl(text: string): SumoEndpoint | Problem {
  const url = new URL(text);
  const path = url.pathname.replace(/\/+$/, '');
  if (path !== '' && path !== sourcePath && !path.startsWith(`${sourcePath}/`)) return notOtlpSource(url.host);
  const rest = path.slice(sourcePath.length).split('/').filter(Boolean);
  if (isSignal(rest.slice(-2))) rest.splice(-2);
  const [token, ...more] = rest;
  if (more.length > 0) return notOtlpSource(url.host);
  const endpoint = `${url.origin}${sourcePath}`;
  return token === undefined ? { endpoint } : { endpoint, token: decode(token) };
}

function isSignal([version, signal]: string[]): boolean {
  return version === 'v1' && signals.includes(signal ?? '');
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

function notOtlpSource(host: string): Problem {
  return {
    kind: 'not-an-otlp-source',
    message: `This URL at ${host} does not belong to an OTLP/HTTP source of Sumo Logic.`,
    hint: 'Copy the URL of an "OTLP/HTTP" source: it has /receiver/v1/otlp/ in it.',
  };
}
