import type { Explanation } from './explain-test-status';

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
