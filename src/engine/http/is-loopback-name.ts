/** `*.localhost` never leaves the machine (RFC 6761): browsers resolve it themselves, and nobody can own it. */
const LOCALHOST = /^(?:[a-z0-9_-]+\.)*localhost$/;
const IPV4_LOOPBACK = /^127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
/** An IPv4 address of the loopback within IPv6, as URLs write it. */
const MAPPED_LOOPBACK = /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/;
/** Addresses to listen on; to connect to one is to connect to this machine. */
const UNSPECIFIED: readonly string[] = ['0.0.0.0', '[::]'];

/**
 * Whether a host, in lower case, without a port and without a dot at its end, is this machine by its name or its address,
 * whatever a name server says. An address cannot be rebound.
 */
export function isLoopbackName(host: string): boolean {
  if (LOCALHOST.test(host) || IPV4_LOOPBACK.test(host) || UNSPECIFIED.includes(host)) return true;
  if (!host.startsWith('[') || !URL.canParse(`http://${host}`)) return false;
  const address = new URL(`http://${host}`).hostname;
  return address === '[::1]' || address === '[::]' || MAPPED_LOOPBACK.test(address);
}
