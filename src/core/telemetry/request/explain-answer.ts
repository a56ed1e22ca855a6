import { maskSecrets } from '../../secrets/mask-secrets';
import { BackendFailure, readMessage, refusalFrom } from './backend-failure';
import type { EndpointAnswer } from './fetch-endpoint';
import { type QueryEndpoint, secretsOf } from './query-endpoint';

/** Of what a server said, shown. */
const maxSaid = 300;

/**
 * Why an answer is none of the API's: a redirect, a sign-in, a web page, nothing under this path, an error. Null where it is a
 * success and no page. No text shows a secret.
 */
export function explainAnswer(
  endpoint: QueryEndpoint,
  path: string,
  answer: EndpointAnswer,
  query?: string,
): BackendFailure | null {
  const { status } = answer;
  const body = maskSecrets(answer.body, secretsOf(endpoint));
  const fail = (message: string, hint: string) => new BackendFailure('unavailable', message, { status, hint });
  const { base } = endpoint;
  if (status >= 300 && status < 400) return fail(...explainRedirect(base, answer));
  if (status === 401 || status === 403 || status === 407) return fail(...explainRefused(endpoint, answer, body));
  if (isPage(answer)) return fail(...explainPage(base, status, body));
  if (status === 404 && /^(?:404 page not found|not found)?$/i.test(body.trim())) {
    return fail(`${base} has nothing at ${path} (404).`, wrongAddress);
  }
  if (/HTTP request to an HTTPS server/i.test(body)) {
    return fail(`${base} speaks TLS.`, 'Begin its URL with https://.');
  }
  return status >= 200 && status < 300 ? null : refusalFrom(status, body, query);
}

/** A success that is no JSON, or JSON of something else. */
export function explainForeign({ base }: QueryEndpoint, path: string, status: number): BackendFailure {
  return new BackendFailure(
    'unavailable',
    `What answers at ${base}${path} is not the API: its answer is of another kind.`,
    {
      status,
      hint: wrongAddress,
    },
  );
}

const wrongAddress =
  'Check the address of the API: it ends before the path of the API itself (a Mimir answers under /prometheus, a gateway perhaps under /tempo or /loki).';

/** Only where to: the rest of the address may hold a token. */
function explainRedirect(base: string, { status, location }: EndpointAnswer): [message: string, hint: string] {
  const to = location && URL.canParse(location, base) ? new URL(location, base).origin : null;
  const elsewhere = to === null ? '' : ` to ${to === new URL(base).origin ? 'another page' : to}`;
  return [
    `${base} redirects${elsewhere} (${status}). Redirects are not followed: they would carry the headers elsewhere.`,
    'A redirect to a sign-in means that a header is missing; otherwise give the address that it redirects to, if you trust it.',
  ];
}

function explainRefused(
  { base, headers = {}, tenant }: QueryEndpoint,
  { status, challenge, ...answer }: EndpointAnswer,
  body: string,
): [message: string, hint: string] {
  const said = isPage(answer) ? '' : quote(readMessage(body));
  // As Tempo, Loki and Mimir say it.
  if (/no org id/i.test(body)) {
    return [
      `${base} wants to know the tenant (${status}): X-Scope-OrgID is not set.`,
      'Set the tenant of the backend.',
    ];
  }
  const names = [...Object.keys(headers), ...(tenant ? ['X-Scope-OrgID'] : [])];
  const scheme = /^\s*([A-Za-z][\w-]*)/.exec(challenge ?? '')?.[1];
  const asked = scheme ? `Authorization: ${scheme} …` : 'an API key or Authorization';
  if (names.length === 0) {
    return [
      `${base} wants to know who asks (${status}), and no header is set.${said}`,
      `Set the header that it wants: ${asked}.`,
    ];
  }
  const sent = names.join(' and ');
  const plural = names.length > 1;
  if (status === 403) {
    return [
      `${base} refuses (403) what ${sent} ${plural ? 'give' : 'gives'}.${said}`,
      'Give the key the permission to read, or another key or tenant.',
    ];
  }
  return [
    `${base} does not accept the ${plural ? 'headers' : 'header'} ${sent} (${status}).${said}`,
    `Give ${plural ? 'their values' : 'its value'} again${scheme ? `; it asks for ${asked}` : ''}.`,
  ];
}

function explainPage(base: string, status: number, body: string): [message: string, hint: string] {
  const title = /<title[^>]*>([^<]*)/i.exec(body)?.[1] ?? '';
  const named = quote(title);
  if (status >= 500) {
    return [
      `A gateway answered for ${base} with status ${status} and a web page${named}.`,
      'What is behind it does not answer: look at the API itself.',
    ];
  }
  if (/^\s*Grafana\s*$/i.test(title)) {
    return [
      `A Grafana answered at ${base} with its web page (${status}).`,
      'Give the address of the API behind it, or GRAFANA/api/datasources/proxy/uid/UID with the header Authorization: Bearer and a service account token.',
    ];
  }
  return [`A web page answered at ${base} (${status})${named}: is this the API's address?`, wrongAddress];
}

function isPage({ contentType, body }: Pick<EndpointAnswer, 'contentType' | 'body'>): boolean {
  // Some gateways call JSON a page.
  if (/^\s*[[{]/.test(body)) return false;
  return /html/i.test(contentType) || /^\s*<(?:!doctype html|html|head|body)\b/i.test(body);
}

/** Control characters, which could play with a terminal, become spaces. */
function quote(said: string): string {
  const text = said.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  if (text === '') return '';
  return ` "${text.length > maxSaid ? `${text.slice(0, maxSaid)}…` : text}"`;
}
