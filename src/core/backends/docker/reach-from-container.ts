const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * An address of this machine as a container reaches it: its own loopback is another one. The compose file gives the
 * name. Where the engine runs on this very machine (Linux), only what listens beyond loopback can be reached so.
 */
export function reachFromContainer(endpoint: string): string {
  const url = new URL(endpoint);
  if (!loopback.test(url.hostname)) return endpoint;
  url.hostname = 'host.docker.internal';
  return url.href.replace(/\/$/, endpoint.endsWith('/') ? '/' : '');
}
