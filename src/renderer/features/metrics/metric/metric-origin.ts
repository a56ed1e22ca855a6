/** What Prometheus' own client libraries call the process and the runtime; SDKs of OpenTelemetry call theirs otherwise. */
const clientLibrary =
  /^(go_(goroutines|threads|info|gc_|memstats_|sched_|cgo_|cpu_classes_|sync_|godebug_)|process_(cpu_seconds_total|open_fds|max_fds|virtual_memory_|resident_memory_bytes|start_time_seconds|network_))/;

type MetricOrigin = 'own' | 'derived' | 'watchtower';

/** Whose a metric is: the reader's, derived from the reader's spans, or Watchtower's and its stack's about themselves. */
export function metricOrigin(name: string): MetricOrigin {
  if (/^traces_(spanmetrics|service_graph)_/.test(name)) return 'derived';
  return /^(watchtower_|alloy_|otelcol_|prometheus_|loki_|tempo_|scrape_|promhttp_)/.test(name) ||
    clientLibrary.test(name) ||
    name === 'up'
    ? 'watchtower'
    : 'own';
}
