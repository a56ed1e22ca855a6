import type { TimeWindow } from '../contract/telemetry';
import type { ApiRequest } from './api-request';

/** `step` in seconds. */
export function prometheusQueryRange(query: string, { from, to }: TimeWindow, step: number): ApiRequest {
  return { path: '/api/v1/query_range', parameters: { query, start: from / 1000, end: to / 1000, step } };
}
