import type { Explanation } from './explain-test-status';

const tlsCode = /^(?:ERR_TLS|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|HOSTNAME_MISMATCH|EPROTO|ERR_SSL)/;

/** What an error of Node means: no HTTP answer came. `url` without secrets. */
export function explainTestError(code: string, url: URL, proxied: boolean): Explanation {
  const { hostname, host } = url;
  const network = proxied
    ? 'HTTPS_PROXY is set, but Watchtower sends directly: this network may let nothing out but through the proxy.'
    : 'Check the network, the port and the firewall.';
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        message: `The name ${hostname} was not found.`,
        hint: proxied ? network : 'Check the URL and the network.',
      };
    case 'ECONNREFUSED':
      return { message: `Nothing listens at ${host}: the connection was refused.`, hint: network };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { message: `There is no way to ${host}.`, hint: network };
    case 'TIMEOUT':
    case 'ETIMEDOUT':
      return { message: `${host} gave no answer in time.`, hint: network };
    case 'ECONNRESET':
    case 'EPIPE':
    case 'HPE_INVALID_CONSTANT':
      return {
        message: `${host} broke the connection off without an HTTP answer.`,
        hint: `Check the URL: does ${url.protocol.slice(0, -1)} belong to this port?`,
      };
    case 'ERR_INVALID_CHAR':
      return { message: 'A header has a character that HTTP does not allow.', hint: 'Give its value again.' };
    default:
      return { message: `The request failed (${code}).`, hint: network };
  }
}

/** The server's certificate was not accepted. `issuer` null: it could not be read. */
export function explainTls(code: string, host: string, issuer: string | null): Explanation {
  const by = issuer ? `, issued by "${issuer}",` : '';
  if (code === 'CERT_HAS_EXPIRED') {
    return { message: `The certificate of ${host}${by} has expired.`, hint: 'Its owner has to renew it.' };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return { message: `The certificate of ${host}${by} is for another name.`, hint: 'Check the URL.' };
  }
  if (/^(?:EPROTO|ERR_SSL)/.test(code)) {
    return { message: `${host} does not speak TLS.`, hint: 'Check the URL: should it begin with http:// ?' };
  }
  return {
    message: `The certificate of ${host}${by} is not trusted (${code}).`,
    hint: 'Is this a company proxy or a private authority you trust? Start Watchtower with NODE_EXTRA_CA_CERTS=FILE, its certificate in PEM.',
  };
}

export function isTlsCode(code: string): boolean {
  return tlsCode.test(code);
}
