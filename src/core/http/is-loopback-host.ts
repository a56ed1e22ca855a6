const loopbackName = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/;

/** Whether a Host header names this machine, with a port or without: another name could be one that was rebound to 127.0.0.1. */
export function isLoopbackHost(host: string): boolean {
  return loopbackName.test(host);
}
