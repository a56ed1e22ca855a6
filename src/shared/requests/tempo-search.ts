import type { TimeWindow } from '../contract/telemetry';
import type { ApiRequest } from './api-request';
import { tempoSeconds } from './tempo-seconds';

/** Matched spans told of each trace: enough to see whether a selected attribute has one value or several. */
const spansPerTrace = 3;

export function tempoSearch(query: string, window: TimeWindow, limit: number): ApiRequest {
  return {
    path: '/api/search',
    parameters: { q: query || '{}', limit, spss: spansPerTrace, ...tempoSeconds(window) },
  };
}
