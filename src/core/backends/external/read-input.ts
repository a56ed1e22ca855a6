import {
  type ExternalHeader,
  type ExternalInput,
  type ExternalSettings,
  QueryApi,
} from '../../../shared/contract/external';
import type { Problem } from '../../../shared/problem';
import { checkHeaders } from '../../secrets/check-headers';
import type { DestinationSecret } from '../../secrets/secret-store';
import { readAddress } from './read-address';
import { externalTitles } from './titles';

export interface ReadExternal {
  settings: ExternalSettings;
  /** Values of the headers by `headerKey`. */
  secrets: DestinationSecret;
}

/** One header has a value for all APIs, and others for single ones. */
export function headerKey({ name, api }: ExternalHeader): string {
  return api ? `${api}:${name}` : name;
}

/** Parts what a person filled in into what may be shown and what is secret. `before`: the secrets that are kept. */
export function readInput(input: ExternalInput, before: DestinationSecret): ReadExternal | Problem {
  const { tenant, caFile } = input;
  const settings: ExternalSettings = {
    tempo: '',
    loki: '',
    prometheus: '',
    headers: input.headers.map(({ name, api }) => ({ name, ...(api && { api }) })),
    ...(tenant && { tenant }),
    ...(caFile && { caFile }),
  };
  if (!QueryApi.options.some((api) => input[api])) return noApi;
  for (const key of Object.keys(externalTitles) as (keyof typeof externalTitles)[]) {
    const text = input[key];
    if (!text) continue;
    const read = readAddress(text, externalTitles[key]);
    if ('kind' in read) return read;
    settings[key] = read.base;
  }
  const secrets: Record<string, string> = {};
  for (const header of input.headers) {
    const key = headerKey(header);
    const value = header.value ?? before[key];
    if (value === undefined) return valueMissing(header);
    secrets[key] = value;
  }
  const names = new Set(input.headers.map(({ name }) => name.toLowerCase()));
  const refused =
    checkHeaders(secrets, input.headers.map(headerKey)) ??
    checkHeaders(null, [...names]) ??
    refuseTenant(input.headers);
  return refused ?? { settings, secrets };
}

const noApi: Problem = {
  kind: 'external-not-set',
  message: 'None of the three APIs has a URL: there is nothing to ask.',
  hint: 'Give at least one: of its Tempo, its Loki, or its Prometheus or Mimir.',
};

function valueMissing({ name }: ExternalHeader): Problem {
  return { kind: 'secret-needed', message: `The value of the header ${name} is missing.`, hint: 'Give it.' };
}

function refuseTenant(headers: readonly ExternalHeader[]): Problem | null {
  if (!headers.some(({ name, api }) => !api && name.toLowerCase() === 'x-scope-orgid')) return null;
  const message = 'X-Scope-OrgID is the tenant.';
  return { kind: 'header-refused', message, hint: 'Give it as the tenant: it is no secret, and is shown.' };
}
