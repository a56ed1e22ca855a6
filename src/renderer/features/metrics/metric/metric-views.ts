import { metricSelector } from './metric-selector';

export interface Metric {
  name: string;
  type: string;
  unit: string;
  help: string;
  /** A histogram whose samples are whole histograms: it has no series by bucket. */
  native?: boolean;
}

export interface MetricView {
  id: string;
  label: string;
  query: string;
  /** Of the values on the axis: `seconds`, `bytes`, `1/s`, or as the metric says. */
  unit: string;
  /** Whether an exemplar's value is one of the axis: that of a counter is no rate. */
  hasExemplarValues: boolean;
}

/** How the values of a query are grouped: the first of these that the metric has. */
const groupLabels = ['service_name', 'service', 'job'];
/** How those of one service are grouped: by what it does, where the metric says. */
const operationLabels = ['span_name', 'http_route', 'rpc_method'];

/** The label of a metric that names a service as its spans and lines do; none where it has no such label. */
export function serviceLabel(labels: readonly string[]): string | undefined {
  return ['service_name', 'service'].find((label) => labels.includes(label));
}

/**
 * The questions one asks of a metric of this type, with rates over `range`; `defaultView` is the first to show. With a
 * service, of that one alone, if the metric tells services apart.
 */
export function metricViews(metric: Metric, labels: readonly string[], range: string, service?: string): MetricView[] {
  const hasValues = (view: Omit<MetricView, 'hasExemplarValues'>) =>
    view.unit === metric.unit && !isCounter(metric) && metric.type !== 'summary';
  return listViews(metric, labels, range, service).map((view) => ({ ...view, hasExemplarValues: hasValues(view) }));
}

function listViews(
  metric: Metric,
  labels: readonly string[],
  range: string,
  service: string | undefined,
): Omit<MetricView, 'hasExemplarValues'>[] {
  const { unit } = metric;
  const narrowed = service === undefined ? undefined : serviceLabel(labels);
  const matcher = narrowed && `${narrowed}=${JSON.stringify(service)}`;
  const of = (suffix = '') => metricSelector(metric.name + suffix, matcher);
  const groups = narrowed ? [...operationLabels, narrowed] : groupLabels;
  const group = groups.find((label) => labels.includes(label));
  const by = group ? ` by (${group})` : '';
  const byBucket = ` by (${group ? `${group}, ` : ''}le)`;
  if (isHistogram(metric) && metric.native) {
    const rate = `sum${by} (rate(${of()}[${range}]))`;
    const quantile = (q: number) => ({
      id: `p${q * 100}`,
      label: `p${q * 100}`,
      query: `histogram_quantile(${q}, ${rate})`,
      unit,
    });
    return [
      quantile(0.5),
      quantile(0.95),
      quantile(0.99),
      { id: 'average', label: 'Average', query: `histogram_avg(${rate})`, unit },
      { id: 'rate', label: 'Rate', query: `histogram_count(${rate})`, unit: '1/s' },
      { id: 'spread', label: 'Spread', query: of(), unit },
    ];
  }
  if (isHistogram(metric)) {
    const quantile = (q: number) => ({
      id: `p${q * 100}`,
      label: `p${q * 100}`,
      query: `histogram_quantile(${q}, sum${byBucket} (rate(${of('_bucket')}[${range}])))`,
      unit,
    });
    return [
      quantile(0.5),
      quantile(0.95),
      quantile(0.99),
      {
        id: 'average',
        label: 'Average',
        query: `sum${by} (rate(${of('_sum')}[${range}])) / sum${by} (rate(${of('_count')}[${range}]))`,
        unit,
      },
      { id: 'rate', label: 'Rate', query: `sum${by} (rate(${of('_count')}[${range}]))`, unit: '1/s' },
    ];
  }
  if (isCounter(metric)) {
    return [
      { id: 'rate', label: 'Rate', query: `sum${by} (rate(${of()}[${range}]))`, unit: unit ? `${unit}/s` : '1/s' },
      { id: 'increase', label: `Increase in ${range}`, query: `sum${by} (increase(${of()}[${range}]))`, unit },
      { id: 'total', label: 'Total', query: of(), unit },
    ];
  }
  if (metric.type === 'summary') {
    return [
      { id: 'quantiles', label: 'Quantiles', query: of(), unit },
      { id: 'rate', label: 'Rate', query: `sum${by} (rate(${of('_count')}[${range}]))`, unit: '1/s' },
    ];
  }
  return [
    { id: 'value', label: 'Value', query: of(), unit },
    { id: 'sum', label: 'Sum', query: `sum${by} (${of()})`, unit },
    { id: 'average', label: 'Average', query: `avg${by} (${of()})`, unit },
  ];
}

/** Of a histogram the 95th percentile, of others the first. */
export function defaultView(views: readonly MetricView[]): MetricView | undefined {
  return views.find(({ id }) => id === 'p95') ?? views[0];
}

/** The series whose labels stand for the metric's: a classic histogram has no series of its own name. */
export function labelSource(metric: Metric): string {
  return isHistogram(metric) && !metric.native ? `${metric.name}_bucket` : metric.name;
}

function isHistogram({ type }: Metric): boolean {
  return type === 'histogram';
}

function isCounter({ name, type }: Metric): boolean {
  return type === 'counter' || (type !== 'gauge' && name.endsWith('_total'));
}
