import type { TimeWindow } from '../contract/telemetry';
import { newestFirst } from '../trace-query/newest-first';
import type { ApiRequest } from './api-request';
import { tempoSeconds } from './tempo-seconds';

/** Matched spans told of each trace: enough to see whether a selected attribute has one value or several. */
const spansPerTrace = 3;

interface Further {
  /** Matched spans told of each trace. */
  spans?: number;
  /** The embedded engine's: which traces of the window come first, in place of the newest. */
  order?: 'duration' | 'spans' | 'errors' | undefined;
  /** Whichever traces match: the query as it stands. */
  any?: boolean;
}

/** The newest traces that match, unless told otherwise. */
export function tempoSearch(
  query: string,
  window: TimeWindow,
  limit: number,
  { spans = spansPerTrace, order, any = false }: Further = {},
): ApiRequest {
  return {
    path: '/api/search',
    parameters: {
      q: any ? query || '{}' : newestFirst(query),
      limit,
      spss: spans,
      ...(order && { order }),
      ...tempoSeconds(window),
    },
  };
}
