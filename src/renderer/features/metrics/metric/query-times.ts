import type { TimeWindow } from '../../../../shared/contract/telemetry';
import type { Metric } from './metric';
import { metricOrigin } from './metric-origin';
import { promDuration } from './prom-duration';
import { rateRange } from './rate-range';

/** Times that a query names, as PromQL writes them. */
export interface QueryTimes {
  /** Over how long a rate is taken. */
  range: string;
  /** The whole window. */
  window: string;
  /** How far apart points of a subquery over it are. */
  every: string;
}

/** In place of times: what is kept with them follows the window in which it is shown. The names are Grafana's. */
export const followingTimes: QueryTimes = { range: '$__rate_interval', window: '$__range', every: '$__interval' };

/** Those of a metric in a window with a point every so many seconds. */
export function queryTimes(metric: Pick<Metric, 'name'>, window: TimeWindow, stepSeconds: number): QueryTimes {
  const windowSeconds = Math.round((window.to - window.from) / 1000);
  return {
    range: rateRange(metric, stepSeconds),
    window: promDuration(windowSeconds),
    // Some points are enough to tell which series are greatest.
    every: promDuration(Math.max(stepSeconds, Math.ceil(windowSeconds / 20 / stepSeconds) * stepSeconds)),
  };
}

/** A query with the times of a window in the place of `followingTimes`. */
export function fillTimes(query: string, window: TimeWindow, stepSeconds: number): string {
  const names = query.match(/[a-zA-Z_:][\w:]*/g) ?? [];
  const name = names.find((each) => metricOrigin(each) !== 'own') ?? '';
  const times = queryTimes({ name }, window, stepSeconds);
  return query
    .replaceAll(followingTimes.range, times.range)
    .replaceAll(followingTimes.window, times.window)
    .replaceAll(followingTimes.every, promDuration(stepSeconds));
}
