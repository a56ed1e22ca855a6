import type { TimeWindow } from '../contract/telemetry';
import type { ApiRequest } from './api-request';

export interface AskedFacets {
  query: string;
  window: TimeWindow;
  /** As TraceQL writes them. */
  fields: readonly string[];
  /** Values a field. */
  limit: number;
  /** How long the spans of each value took is told, too. */
  durations: boolean;
}

/** How many spans have which values of these fields: an extension of the embedded engine. `limit` values a field. */
export function tempoFacets({ query, window: { from, to }, fields, limit, durations }: AskedFacets): ApiRequest {
  return {
    path: '/watchtower/facets',
    parameters: {
      q: query || '{}',
      start: Math.floor(from),
      end: Math.ceil(to),
      by: fields.join(', '),
      limit,
      ...(durations && { durations: 'true' }),
    },
  };
}
