import type { Agent } from 'undici';
import { isLoopbackHost } from '../../http/is-loopback-host';
import { headersOf, type QueryEndpoint } from './query-endpoint';
import { trustedCertificates } from './trusted-certificates';

export interface EndpointAnswer {
  status: number;
  contentType: string;
  /** Where a redirect points to. */
  location: string | null;
  /** Which credentials a 401 asks for. */
  challenge: string | null;
  body: string;
}

interface EndpointRequest {
  /** Path and query behind the base. */
  target: string;
  /** Sent by POST. */
  body?: { type: string; text: string } | undefined;
  signal: AbortSignal;
}

/** Whatever the API answers, to its end. A redirect is not followed: it would carry the headers elsewhere. Rejects where no answer came. */
export async function fetchEndpoint(
  endpoint: QueryEndpoint,
  { target, body, signal }: EndpointRequest,
): Promise<EndpointAnswer> {
  const address = `${endpoint.base}${target}`;
  const init = {
    method: body ? 'POST' : 'GET',
    headers: {
      accept: 'application/json',
      // On this machine nothing is won by packing an answer: it takes more of either side than to pass it on.
      ...(isLoopbackHost(new URL(address).host) && { 'accept-encoding': 'identity' }),
      ...(body && { 'content-type': body.type }),
      ...headersOf(endpoint),
    },
    ...(body && { body: body.text }),
    redirect: 'manual' as const,
    signal,
  };
  const response = endpoint.ca ? await fetchTrusting(endpoint.ca, address, init) : await fetch(address, init);
  const { status, headers } = response;
  return {
    status,
    contentType: headers.get('content-type') ?? '',
    location: headers.get('location'),
    challenge: headers.get('www-authenticate'),
    body: await response.text(),
  };
}

let trusting: { ca: string; agent: Agent } | undefined;

/** Node's own `fetch` takes no certificates; the library that it is made of does. Loaded only where some are given. */
async function fetchTrusting(ca: string, address: string, init: Parameters<typeof import('undici')['fetch']>[1]) {
  const undici = await import('undici');
  if (trusting?.ca !== ca) {
    void trusting?.agent.close();
    trusting = { ca, agent: new undici.Agent({ connect: { ca: trustedCertificates(ca) } }) };
  }
  return undici.fetch(address, { ...init, dispatcher: trusting.agent });
}
