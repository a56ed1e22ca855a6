import type { TimeWindow } from '../contract/telemetry';
import type { ApiRequest } from './api-request';
import { everyLogLine } from './every-log-line';
import { windowNanos } from './window-nanos';

/** `step` in whole seconds. An empty `query` is every line. */
export function lokiPatterns(query: string, window: TimeWindow, step: number): ApiRequest {
  const { start, end } = windowNanos(window);
  return {
    path: '/loki/api/v1/patterns',
    parameters: { query: query || everyLogLine, start: String(start), end: String(end), step: `${step}s` },
  };
}
