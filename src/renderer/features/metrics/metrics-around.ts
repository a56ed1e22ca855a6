import type { MetricsSearch } from '../../page/metrics-search';

const aroundMs = 5 * 60_000;

/** The link to the latency of a service, from its spans, from five minutes before a time to five after another; Unix milliseconds. */
export function metricsAround(service: string, from: number, to = from): MetricsSearch {
  const window = { from: Math.floor(from - aroundMs), to: Math.ceil(to + aroundMs) };
  return { metric: 'traces_spanmetrics_latency', ...(service && { service }), ...window };
}
