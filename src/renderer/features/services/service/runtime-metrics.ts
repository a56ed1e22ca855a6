/** How a runtime metric is drawn: its title, its query and the unit of what comes out. */
export interface RuntimeChart {
  metric: string;
  title: string;
  query: string;
  unit: string;
}

/** Metrics of processes and runtimes by OpenTelemetry's conventions, as Prometheus names them. */
export const runtimeNames = '(process|nodejs|v8js|jvm|cpython|go|dotnet)_.+';

/** What is looked at first. */
const order = [
  /heap.*used|memory_used|memory_usage|working_set|heap_size/,
  /gc.*(duration|pause)/,
  /gc/,
  /eventloop.*p99|eventloop_delay/,
  /eventloop/,
  /cpu/,
  /thread|goroutine/,
];

/**
 * The charts for the names of a service's series. A counter is drawn as a rate, a histogram as the mean of what it measured, a share or a
 * quantile by its greatest series, everything else as the sum of its series.
 */
export function runtimeCharts(names: readonly string[], service: string, rangeSeconds: number): RuntimeChart[] {
  const selector = `service_name=${JSON.stringify(service)}`;
  const range = `[${rangeSeconds}s]`;
  const histograms = new Set(names.flatMap((name) => (name.endsWith('_bucket') ? [name.slice(0, -7)] : [])));
  const charts = names.flatMap((metric): RuntimeChart[] => {
    const base = metric.replace(/_(bucket|sum|count)$/, '');
    if (histograms.has(base)) {
      if (!metric.endsWith('_bucket')) return [];
      const rate = (part: string) => `sum(rate(${base}_${part}{${selector}}${range}))`;
      const query = `${rate('sum')} / ${rate('count')}`;
      return [{ metric: base, title: `${titleOf(base)}, mean`, query, unit: unitOf(base) }];
    }
    if (metric.endsWith('_total')) {
      // Seconds a second of processor time are a share of one processor.
      const seconds = /_seconds_total$/.test(metric);
      const unit = seconds ? 'ratio' : `${unitOf(metric.slice(0, -6))}/s`;
      return [{ metric, title: titleOf(metric), query: `sum(rate(${metric}{${selector}}${range}))`, unit }];
    }
    const isShare = /_(ratio|min|max|mean|stddev|p\d+)(_|$)|utilization/.test(metric);
    const query = `${isShare ? 'max' : 'sum'}(${metric}{${selector}})`;
    return [{ metric, title: titleOf(metric), query, unit: unitOf(metric) }];
  });
  const rank = (metric: string) => {
    const found = order.findIndex((pattern) => pattern.test(metric));
    return found < 0 ? order.length : found;
  };
  return charts.sort((a, b) => rank(a.metric) - rank(b.metric) || (a.metric < b.metric ? -1 : 1));
}

function titleOf(metric: string): string {
  return metric.replace(/_(total|bytes|seconds|ratio)(?=_|$)/g, '').replaceAll('_', ' ');
}

function unitOf(metric: string): string {
  if (/_bytes(_|$)/.test(metric)) return 'bytes';
  if (/_milliseconds(_|$)/.test(metric)) return 'ms';
  if (/_seconds(_|$)/.test(metric)) return 's';
  return /_ratio(_|$)/.test(metric) ? 'ratio' : '';
}
