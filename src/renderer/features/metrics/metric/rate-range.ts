import type { Metric } from './metric';
import { metricOrigin } from './metric-origin';
import { promDuration } from './prom-duration';

/** The engine writes what it derives every 15 s; SDKs send once a minute unless told otherwise, and a rate needs two samples. */
const leastSeconds = { own: 120, derived: 60, watchtower: 60 } as const;

/**
 * Over how long a rate is taken: as short as the metric's samples allow, so that a short window still shows its peaks, and not
 * shorter than two steps, so that no sample falls between two points of the chart.
 */
export function rateRange({ name }: Pick<Metric, 'name'>, stepSeconds: number): string {
  const seconds = Math.max(leastSeconds[metricOrigin(name)], stepSeconds * 2);
  return promDuration(seconds);
}
