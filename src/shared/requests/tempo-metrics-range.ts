import type { TimeWindow } from '../contract/telemetry';
import type { ApiRequest } from './api-request';

/** A metrics query of TraceQL over a window; `step` in whole seconds, to which the ends are aligned. */
export function tempoMetricsRange(query: string, { from, to }: TimeWindow, step: number): ApiRequest {
  const align = (millis: number, round: (value: number) => number) => round(millis / 1000 / step) * step;
  return {
    path: '/api/metrics/query_range',
    parameters: { q: query, start: align(from, Math.floor), end: align(to, Math.ceil), step: `${step}s` },
  };
}
