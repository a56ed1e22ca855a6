import type { TimeWindow } from '../contract/telemetry';
import type { ApiRequest } from './api-request';

/** The names of all metrics with a sample in the window; without one, of all that are kept. */
export function prometheusNames(window?: TimeWindow): ApiRequest {
  return {
    path: '/api/v1/label/__name__/values',
    parameters: window ? { start: window.from / 1000, end: window.to / 1000 } : {},
  };
}
