import type { StoredDestination } from './stored-destination';

type Kind = StoredDestination['kind'];
export interface Explanation {
  message: string;
  hint?: string;
}

const credentials: Record<Kind, string> = {
  sumo: 'Copy the presigned URL of the OTLP/HTTP source again: its token may have been renewed or its collector deleted.',
  'grafana-cloud':
    'Check that the instance id belongs to this region and that the access policy of the token still exists.',
  otlp: 'Check the values of the headers.',
};

const permission: Record<Kind, string> = {
  sumo: 'Check that the source is enabled and that this network may send to it.',
  'grafana-cloud': 'Give the access policy the scopes traces:write, metrics:write and logs:write.',
  otlp: 'Give the key the permission to write traces, metrics and logs.',
};

const address: Record<Kind, string> = {
  sumo: 'The URL must be the one of an OTLP/HTTP source, with /receiver/v1/otlp in it.',
  'grafana-cloud':
    'The URL is https://otlp-gateway-prod-REGION.grafana.net/otlp, as the stack\'s "OpenTelemetry" page shows it.',
  otlp: 'Give the base URL: /v1/traces, /v1/metrics and /v1/logs are added to it.',
};

const quota: Record<Kind, string> = {
  sumo: 'The account has reached its ingest quota or rate; see the ingest budgets in Sumo Logic.',
  'grafana-cloud': "The stack has reached its rate limit; see its usage in Grafana Cloud's billing pages.",
  otlp: 'The service limits how much may be sent; see its quota.',
};

/** What an HTTP status other than success means at this kind of destination. */
export function explainTestStatus(kind: Kind, status: number): Explanation {
  if (status >= 300 && status < 400) {
    const message = 'It redirects. Redirects are not followed: they would carry the token elsewhere.';
    return { message, hint: 'Give the URL that it redirects to, if you trust it.' };
  }
  switch (status) {
    case 400:
      return { message: 'It could not read the request.', hint: address[kind] };
    case 401:
      return { message: 'It does not accept the token.', hint: credentials[kind] };
    case 403:
      return { message: 'The token is known but may not send here.', hint: permission[kind] };
    case 404:
    case 405:
      return { message: 'Nothing takes OTLP under this URL.', hint: address[kind] };
    case 408:
      return { message: 'It did not get the request in time.', hint: 'Try again; look at the network if it stays.' };
    case 413:
      return {
        message: 'It refuses even one span as too big.',
        hint: 'Something on the way limits requests: a proxy?',
      };
    case 415:
      return { message: 'It does not take OTLP as protobuf with gzip.', hint: address[kind] };
    case 429:
      return { message: 'It takes no more for now: quota or rate limit.', hint: quota[kind] };
  }
  if (status >= 500)
    return { message: 'It has a fault of its own.', hint: 'Try again later; look at its status page.' };
  return { message: 'It refuses the span.', hint: address[kind] };
}
