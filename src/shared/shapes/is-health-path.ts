const health =
  /^\/(?:[\w-]+\/){0,3}(?:health|healthz|healthcheck|health-check|ready|readyz|readiness|live|livez|liveness|alive|ping|heartbeat|metrics|status\/live|favicon\.ico)\/?(?:[?#]|$)/i;

/** Whether a path is asked by something that looks whether a program lives, rather than for work. */
export function isHealthPath(path: string): boolean {
  return health.test(path.slice(0, 200));
}
