/** Where one of the query APIs answers, and what each request to it carries. Read at each request: it may change with a restart. */
export interface QueryEndpoint {
  /** Base URL of the API, a path before its own included, without a slash at its end. Holds no secret. */
  base: string;
  /** Their values are secrets: no message shows them. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as `X-Scope-OrgID`. No secret. */
  tenant?: string | undefined;
  /** Certificates of authorities, in PEM, that are trusted beside those of the system. */
  ca?: string | undefined;
  /** Its answers leave an attribute out that a span has not, where Tempo writes the word `nil`, which may be a value here. */
  leavesOutNil?: boolean | undefined;
}

export function headersOf({ headers, tenant }: QueryEndpoint): Record<string, string> {
  return { ...(tenant && { 'X-Scope-OrgID': tenant }), ...headers };
}

/** What no text may show: the values of the headers, what follows a scheme in them, and the password of HTTP's Basic. */
export function secretsOf({ headers = {} }: QueryEndpoint): string[] {
  return Object.values(headers).flatMap((value) => {
    const [scheme = '', ...rest] = value.split(' ');
    const credentials = rest.join(' ');
    if (scheme.toLowerCase() !== 'basic') return [value, credentials];
    const pair = Buffer.from(credentials, 'base64').toString();
    return [value, credentials, pair, pair.slice(pair.indexOf(':') + 1)];
  });
}
