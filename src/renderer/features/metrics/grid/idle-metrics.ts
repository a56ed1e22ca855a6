import type { Metric } from '../metric/metric';

/** Those of all that are kept which the window has no samples of. */
export function idleMetrics(kept: readonly Metric[], present: readonly Metric[]): Metric[] {
  const names = new Set(present.map(({ name }) => name));
  return kept.filter(({ name }) => !names.has(name));
}
