import type { Destination, DestinationInput } from '../../../shared/contract/destinations';

/** What the form holds when it is sent. Secrets come last and are never kept in the page's state. */
export interface DestinationDraft {
  kind: Destination['kind'];
  name: string;
  endpoint: string;
  instanceId: string;
  /** Empty: none given, the known one stays. */
  token: string;
  /** Null: the known ones stay. */
  headers: { name: string; value: string }[] | null;
}

export type DestinationField = 'name' | 'endpoint' | 'instanceId' | 'token' | 'headers';

const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** The input of the contract, or what is wrong with each field. `hasSecret`: an edit may leave the secret out. */
export function checkDestination(
  draft: DestinationDraft,
  hasSecret: boolean,
): { input: DestinationInput } | { problems: Partial<Record<DestinationField, string>> } {
  const problems: Partial<Record<DestinationField, string>> = {};
  const name = draft.name.trim();
  const endpoint = draft.endpoint.trim();
  const instanceId = draft.instanceId.trim();
  const token = draft.token.trim();
  if (name === '') problems.name = 'Give it a name.';
  if (!/^https?:\/\//i.test(endpoint) || !URL.canParse(endpoint)) {
    problems.endpoint = 'This must be a URL that begins with https:// or http://.';
  }
  if (draft.kind === 'grafana-cloud' && !/^\d+$/.test(instanceId)) {
    problems.instanceId = 'The instance id is a number, such as 123456.';
  }
  if (draft.kind !== 'otlp' && token === '' && !hasSecret) problems.token = 'A token is needed.';
  const headers = draft.headers?.map((each) => ({ name: each.name.trim(), value: each.value.trim() }));
  if (draft.kind === 'otlp' && headers) problems.headers = checkHeaders(headers);
  if (Object.values(problems).some(Boolean)) return { problems };

  const given = { name, endpoint, ...(token !== '' && { token }) };
  if (draft.kind === 'sumo') return { input: { kind: 'sumo', ...given } };
  if (draft.kind === 'grafana-cloud') return { input: { kind: 'grafana-cloud', ...given, instanceId } };
  return { input: { kind: 'otlp', name, endpoint, ...(headers && { headers }) } };
}

function checkHeaders(headers: readonly { name: string; value: string }[]): string | undefined {
  const wrong = headers.find(({ name }) => !headerName.test(name));
  if (wrong)
    return wrong.name === '' ? 'Every header needs a name.' : `“${wrong.name}” cannot be the name of a header.`;
  if (headers.some(({ value }) => value === '')) return 'Every header needs a value.';
  const names = headers.map(({ name }) => name.toLowerCase());
  return new Set(names).size < names.length ? 'A header stands there twice.' : undefined;
}
