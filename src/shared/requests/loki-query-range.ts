import type { ApiRequest } from './api-request';
import { everyLogLine } from './every-log-line';
import type { NanoWindow } from './window-nanos';

/** An empty `query` is every line. */
export function lokiQueryRange(
  query: string,
  { start, end }: NanoWindow,
  limit: number,
  direction: 'forward' | 'backward',
): ApiRequest {
  return {
    path: '/loki/api/v1/query_range',
    parameters: { query: query || everyLogLine, start: String(start), end: String(end), limit, direction },
  };
}
