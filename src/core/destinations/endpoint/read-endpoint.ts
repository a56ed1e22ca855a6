import type { DestinationInput } from '../../../shared/contract/destinations';
import type { Problem } from '../../../shared/problem';
import { splitPresignedUrl } from './split-presigned-url';

export interface Endpoint {
  /** OTLP/HTTP base URL without userinfo, query, token or trailing slash. */
  endpoint: string;
  /** Cut out of a presigned URL. */
  token?: string;
}

/** What a person pasted as a base URL. Problems never repeat the URL: what is wrong with it may be a secret in it. */
export function readEndpoint(input: Pick<DestinationInput, 'kind' | 'endpoint'>): Endpoint | Problem {
  const url = new URL(input.endpoint);
  if (url.username || url.password) {
    return refuse('The URL holds a user name or password.', 'Give credentials as a token or header, not in the URL.');
  }
  if (input.kind === 'sumo') return splitPresignedUrl(input.endpoint);
  if (url.search || url.hash) {
    return refuse('The URL holds a query or fragment.', 'Give keys as headers; the base URL ends with its path.');
  }
  if (/\/receiver\/v1\/(?:otlp|http)\/[^/]/.test(url.pathname)) {
    return refuse('This is a presigned URL of Sumo Logic.', 'Choose Sumo Logic as the kind of destination.');
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1\/(?:traces|metrics|logs)$/, '');
  return { endpoint: `${url.origin}${path}` };
}

function refuse(message: string, hint: string): Problem {
  return { kind: 'endpoint-refused', message, hint };
}
