import type { TimeWindow } from '../contract/telemetry';
import type { ApiRequest } from './api-request';
import { exceptProbes } from './except-probes';
import { windowNanos } from './window-nanos';

/** `step` in whole seconds. An empty `query` is every line but those of our probes; a refusal names a place in one that was typed. */
export function lokiPatterns(query: string, window: TimeWindow, step: number): ApiRequest {
  const { start, end } = windowNanos(window);
  return {
    path: '/loki/api/v1/patterns',
    parameters: { query: query || exceptProbes(''), start: String(start), end: String(end), step: `${step}s` },
  };
}
