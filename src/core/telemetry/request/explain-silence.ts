import { maskSecrets } from '../../secrets/mask-secrets';
import { explainTls, extraCertificates, isTlsCode } from '../../tls/explain-tls';
import { readCertificateIssuer } from '../../tls/read-certificate-issuer';
import { BackendFailure } from './backend-failure';
import { type QueryEndpoint, secretsOf } from './query-endpoint';

const issuerMs = 3_000;

/** No HTTP answer came. `error`: of `fetch`, or of a socket. */
export async function explainSilence(endpoint: QueryEndpoint, error: unknown): Promise<BackendFailure> {
  const { base, ca } = endpoint;
  const cause = causeOf(error);
  // A DOMException, as of a time that is over, has a number.
  const code = typeof cause.code === 'string' ? cause.code : cause.name;
  const url = new URL(base);
  if (url.protocol === 'https:' && isTlsCode(code)) {
    const { message, hint } = explainTls(code, url.host, await readCertificateIssuer(url, issuerMs));
    if (!hint.includes(extraCertificates)) return new BackendFailure('unavailable', message, { hint, untrusted: true });
    const more = ca
      ? 'The CA file of this backend holds no authority that issued it.'
      : `${hint} Or name that file as the CA file of this backend.`;
    return new BackendFailure('unavailable', message, { hint: more, untrusted: true });
  }
  const said = code === 'TimeoutError' ? 'no answer in time' : maskSecrets(cause.message || code, secretsOf(endpoint));
  return new BackendFailure('unavailable', `${base} does not answer: ${said}`, { hint: hintFor(code, url) });
}

function causeOf(error: unknown): NodeJS.ErrnoException {
  const { cause } = error as Error;
  if (!(cause instanceof Error)) return error as NodeJS.ErrnoException;
  // Of a name with several addresses: what the first of them said.
  return cause instanceof AggregateError && cause.errors[0] instanceof Error ? cause.errors[0] : cause;
}

function hintFor(code: string, { protocol, hostname }: URL): string | undefined {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The name ${hostname} was not found: check the URL and the network.`;
    // A server of another protocol: gRPC, or TLS behind http://.
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
    case 'HPE_INVALID_CONSTANT':
    case 'HPE_INVALID_VERSION':
      return `Check the URL: does ${protocol.slice(0, -1)} belong to this port?`;
    default:
      return undefined;
  }
}
