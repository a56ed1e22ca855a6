import { isIP } from 'node:net';

/** Loopback, private and link-local addresses, and names that only a local network resolves. */
export function isLocalHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  switch (isIP(host)) {
    case 4:
      return /^(?:127|10)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(host);
    case 6:
      return host === '::1' || /^f[cd]|^fe[89ab]/.test(host);
    default:
      return !host.includes('.') || /\.(?:localhost|local|internal|lan|home\.arpa)$/.test(host);
  }
}
