type MetricOrigin = 'own' | 'derived' | 'watchtower';

/** Whose a metric is: the reader's, derived from the reader's spans, or Watchtower's and its stack's about themselves. */
export function metricOrigin(name: string): MetricOrigin {
  if (/^traces_(spanmetrics|service_graph)_/.test(name)) return 'derived';
  return /^(watchtower_|alloy_|otelcol_|prometheus_|loki_|tempo_|scrape_|go_|process_|promhttp_)/.test(name) ||
    name === 'up'
    ? 'watchtower'
    : 'own';
}
