import type { TimeWindow } from '../contract/telemetry';

/** What the embedded engine is asked for the errors of a window, on its Tempo port. */
export function errorsRequest(asked: {
  window: TimeWindow;
  buckets: number;
  service?: string | undefined;
  runIds?: readonly string[] | undefined;
}) {
  const { window, buckets, service, runIds } = asked;
  return {
    path: '/watchtower/errors',
    parameters: {
      start: Math.max(0, Math.floor(window.from)),
      end: Math.ceil(window.to),
      buckets,
      service,
      run: runIds?.join(),
    },
  };
}
