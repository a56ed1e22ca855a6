import type { TestResult } from '../../shared/contract/destinations';
import { maskSecrets } from '../secrets/mask-secrets';
import { explainTls, isTlsCode } from '../tls/explain-tls';
import { readCertificateIssuer } from '../tls/read-certificate-issuer';
import { explainTestError } from './explain-test-error';
import { type Explanation, explainTestStatus } from './explain-test-status';
import { readExportAnswer } from './read-export-answer';
import { sendTestSpan, type TestAnswer } from './send-test-span';
import type { StoredDestination } from './stored-destination';

export interface TestOptions {
  timeoutMs?: number;
  environment?: NodeJS.ProcessEnv;
}

/** Of what a server said, shown. */
const maxSaidLength = 300;

/** Sends one span and says in words what came back, secrets masked. */
export async function testDestination(
  destination: Pick<StoredDestination, 'kind' | 'endpoint'> & { headers: Readonly<Record<string, string>> },
  { timeoutMs = 10_000, environment = process.env }: TestOptions = {},
): Promise<TestResult> {
  const at = Date.now();
  const started = performance.now();
  const answer = await sendTestSpan(destination.endpoint, destination.headers, timeoutMs);
  const milliseconds = Math.round(performance.now() - started);
  const url = new URL(destination.endpoint);
  const read =
    answer.status === null ? await readError(answer, url, environment) : readAnswer(destination.kind, answer);
  const known = Object.values(destination.headers);
  return {
    ok: read.ok,
    at,
    status: answer.status,
    message: maskSecrets(read.message, known),
    ...(read.hint !== undefined && { hint: maskSecrets(read.hint, known) }),
    milliseconds,
  };
}

type Read = Explanation & { ok: boolean };

function readAnswer(kind: StoredDestination['kind'], answer: Extract<TestAnswer, { status: number }>): Read {
  const { status, contentType, location, body } = answer;
  const success = status >= 200 && status < 300;
  const { rejected, message: said } = readExportAnswer(body, contentType, success);
  if (!success) {
    const { message, hint } = explainTestStatus(kind, status);
    return { ok: false, message: `HTTP ${status}. ${message}${quote(said)}${target(location)}`, ...(hint && { hint }) };
  }
  if (rejected > 0) return { ok: false, message: `HTTP ${status}, but it rejected the span.${quote(said)}` };
  if (/html/.test(contentType)) {
    return { ok: false, message: `HTTP ${status}, but with a web page.`, hint: explainTestStatus(kind, 404).hint };
  }
  const warning = said.trim() === '' || said.trim() === '{}' ? '' : ` It warns:${quote(said)}`;
  // Over an ingest budget Sumo Logic answers with success and drops.
  const hint = kind === 'sumo' ? 'Find it in Sumo Logic under Traces, service "watchtower".' : undefined;
  return { ok: true, message: `HTTP ${status}. The span was accepted.${warning}`, ...(hint && { hint }) };
}

async function readError(
  { code }: Extract<TestAnswer, { status: null }>,
  url: URL,
  environment: NodeJS.ProcessEnv,
): Promise<Read> {
  if (isTlsCode(code)) return { ok: false, ...explainTls(code, url.host, await readCertificateIssuer(url, 3_000)) };
  const proxied = Boolean(environment.HTTPS_PROXY ?? environment.https_proxy);
  return { ok: false, ...explainTestError(code, url, proxied) };
}

/** Control characters, which could play with a terminal, become spaces. */
function quote(said: string): string {
  const text = said.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  if (text === '') return '';
  return ` "${text.length > maxSaidLength ? `${text.slice(0, maxSaidLength)}…` : text}"`;
}

/** A redirect's path may hold the token. */
function target(location: string | null): string {
  return location !== null && URL.canParse(location) ? ` It points to ${new URL(location).origin}.` : '';
}
