import type { TimeWindow } from '../contract/telemetry';
import type { ApiRequest } from './api-request';
import { exceptProbes } from './except-probes';
import { windowNanos } from './window-nanos';

/** Of so many lines, the newest, fields are found. */
const mostLines = 1000;
const mostFields = 1000;

/** An empty `query` is every line but those of our probes; a refusal names a place in one that was typed. */
export function lokiDetectedFields(query: string, window: TimeWindow): ApiRequest {
  const { start, end } = windowNanos(window);
  return {
    path: '/loki/api/v1/detected_fields',
    parameters: {
      ...{ query: query || exceptProbes(''), start: String(start), end: String(end) },
      ...{ line_limit: mostLines, limit: mostFields },
    },
  };
}
