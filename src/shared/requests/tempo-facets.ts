import type { TimeWindow } from '../contract/telemetry';
import type { ApiRequest } from './api-request';

/** How many spans have which values of these fields: an extension of the embedded engine. `limit` values a field. */
export function tempoFacets(
  query: string,
  { from, to }: TimeWindow,
  fields: readonly string[],
  limit: number,
): ApiRequest {
  return {
    path: '/watchtower/facets',
    parameters: {
      q: query || '{}',
      start: Math.floor(from),
      end: Math.ceil(to),
      by: fields.join(', '),
      limit,
    },
  };
}
