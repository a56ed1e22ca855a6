import { type ExternalInput, QueryApi } from '../../../../shared/contract/external';

/** A header as the form holds it. An empty value: the known one stays. */
export interface HeaderDraft {
  name: string;
  api: QueryApi | 'all';
  value: string;
  /** Its value is known already. */
  kept: boolean;
}

export interface ExternalDraft extends Record<AddressField | 'tenant' | 'caFile', string> {
  headers: readonly HeaderDraft[];
}

const addressFields = [...QueryApi.options, 'otlpGrpc', 'otlpHttp'] as const;
export type AddressField = (typeof addressFields)[number];
export type ExternalField = AddressField | 'headers';

const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** The input of the contract, or what is wrong with each field; what else may be wrong is found where it is asked for. */
export function readExternalForm(
  draft: ExternalDraft,
): { input: ExternalInput } | { problems: Partial<Record<ExternalField, string>> } {
  const problems: Partial<Record<ExternalField, string>> = {};
  for (const field of addressFields) {
    const text = draft[field].trim();
    if (text === '') continue;
    if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
      problems[field] = 'This must be a URL that begins with https:// or http://.';
    }
  }
  if (QueryApi.options.every((api) => draft[api].trim() === '')) {
    problems.tempo = 'At least one of the three is needed: there is nothing to ask.';
  }
  const headers = draft.headers.map((each) => ({ ...each, name: each.name.trim(), value: each.value.trim() }));
  const wrong = checkHeaders(headers);
  if (wrong) problems.headers = wrong;
  if (Object.keys(problems).length > 0) return { problems };
  const given = (field: 'otlpGrpc' | 'otlpHttp' | 'tenant' | 'caFile') => draft[field].trim();
  return {
    input: {
      tempo: draft.tempo.trim(),
      loki: draft.loki.trim(),
      prometheus: draft.prometheus.trim(),
      ...(given('otlpGrpc') && { otlpGrpc: given('otlpGrpc') }),
      ...(given('otlpHttp') && { otlpHttp: given('otlpHttp') }),
      ...(given('tenant') && { tenant: given('tenant') }),
      ...(given('caFile') && { caFile: given('caFile') }),
      headers: headers.map(({ name, api, value }) => ({
        name,
        ...(api !== 'all' && { api }),
        ...(value !== '' && { value }),
      })),
    },
  };
}

function checkHeaders(headers: readonly HeaderDraft[]): string | undefined {
  const wrong = headers.find(({ name }) => !headerName.test(name));
  if (wrong) {
    return wrong.name === '' ? 'Every header needs a name.' : `“${wrong.name}” cannot be the name of a header.`;
  }
  const empty = headers.find(({ value, kept }) => value === '' && !kept);
  if (empty) return `The header ${empty.name} needs a value.`;
  const keys = headers.map(({ name, api }) => `${api} ${name.toLowerCase()}`);
  return new Set(keys).size < keys.length ? 'A header stands there twice for the same API.' : undefined;
}
