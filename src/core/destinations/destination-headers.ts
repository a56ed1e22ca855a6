import type { DestinationSecret } from '../secrets/secret-store';
import type { StoredDestination } from './stored-destination';

/** Headers of every OTLP/HTTP request to the destination; null while a part of its secret is missing. */
export function destinationHeaders(
  destination: Pick<StoredDestination, 'kind' | 'instanceId' | 'headerNames'>,
  secret: DestinationSecret | undefined,
): Record<string, string> | null {
  switch (destination.kind) {
    case 'sumo':
      return secret?.token ? { 'x-sumo-token': secret.token } : null;
    case 'grafana-cloud': {
      if (!secret?.token) return null;
      const credentials = Buffer.from(`${destination.instanceId ?? ''}:${secret.token}`).toString('base64');
      return { Authorization: `Basic ${credentials}` };
    }
    case 'otlp': {
      const headers: Record<string, string> = {};
      for (const name of destination.headerNames) {
        const value = secret?.[name];
        if (value === undefined) return null;
        headers[name] = value;
      }
      return headers;
    }
  }
}
