const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]', 'host.docker.internal']);

/**
 * Whether a Host header names this machine. A page of another site that rebinds its name to 127.0.0.1 sends its own
 * name here. `configuredHost` is the address listened on.
 */
function isLocalHost(header: string | undefined, configuredHost: string): boolean {
  if (header === undefined) return false;
  const host = header.toLowerCase().replace(/:\d+$/, '');
  return LOCAL_HOSTS.has(host) || host === configuredHost.toLowerCase() || host === `[${configuredHost.toLowerCase()}]`;
}

/** Whether an Origin is a page served from this machine. */
function isLocalOrigin(origin: string): boolean {
  return /^https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?$/i.test(origin);
}

/**
 * Whether a request comes from a program or a page of this machine. Pages of other sites show in `Origin` or, where a
 * browser sends none (scripts, images), in `Sec-Fetch-Site`; following a link is allowed.
 */
export function isLocalCaller(header: (name: string) => string | undefined, configuredHost: string): boolean {
  if (!isLocalHost(header('host'), configuredHost)) return false;
  const origin = header('origin');
  if (origin !== undefined) return isLocalOrigin(origin);
  return header('sec-fetch-site') !== 'cross-site' || header('sec-fetch-mode') === 'navigate';
}
