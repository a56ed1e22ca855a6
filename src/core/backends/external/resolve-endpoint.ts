import type { ExternalSettings, QueryApi } from '../../../shared/contract/external';
import type { DestinationSecret } from '../../secrets/secret-store';
import type { QueryEndpoint } from '../../telemetry/request/query-endpoint';
import { headerKey } from './read-input';

/** Settings with what must not be shown: the values of the headers, and the authorities in the CA file. */
export interface ExternalAccess {
  settings: ExternalSettings;
  secrets: DestinationSecret;
  /** PEM. */
  ca: string | null;
}

/** Where one API is asked and with what; a header of this API alone takes the place of the one for all. */
export function resolveEndpoint({ settings, secrets, ca }: ExternalAccess, api: QueryApi): QueryEndpoint {
  const headers = new Map<string, [name: string, value: string]>();
  for (const own of [false, true]) {
    for (const header of settings.headers) {
      const value = secrets[headerKey(header)];
      if ((header.api === api) !== own || (header.api && header.api !== api) || value === undefined) continue;
      headers.set(header.name.toLowerCase(), [header.name, value]);
    }
  }
  return {
    base: settings[api],
    headers: Object.fromEntries(headers.values()),
    tenant: headers.has('x-scope-orgid') ? undefined : settings.tenant,
    ca: ca ?? undefined,
  };
}
