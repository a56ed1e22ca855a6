import { labelText } from './label-matchers';
import type { Metric } from './metric';
import { metricKind } from './metric-kind';
import { metricSelector } from './metric-selector';

export interface MetricView {
  id: string;
  label: string;
  query: string;
  /** Of the values on the axis: `seconds`, `bytes`, `1/s`, or as the metric says. */
  unit: string;
  /** Whether an exemplar's value is one of the axis: that of a counter is no rate. */
  hasExemplarValues: boolean;
  /** Buckets over time, not lines: `query` answers how many a second fall into each. */
  heat?: true;
  /** Series as they are stored, whatever they are grouped by. */
  each?: true;
}

/** What is asked of a metric, beside the function. */
export interface ViewOptions {
  /** Over how long a rate is taken, as PromQL writes it. */
  range: string;
  /** Labels that its values are grouped by. */
  by: readonly string[];
  /** Matchers of the selector, as PromQL writes them. */
  matcher?: string;
}

/** The questions one asks of a metric of this kind; `defaultView` is the first to show. */
export function metricViews(metric: Metric, options: ViewOptions): MetricView[] {
  const kind = metricKind(metric);
  const hasValues = (view: ListedView) => view.unit === metric.unit && kind !== 'counter' && kind !== 'summary';
  return listViews(metric, options).map((view) => ({ ...view, hasExemplarValues: hasValues(view) }));
}

type ListedView = Omit<MetricView, 'hasExemplarValues'>;

function listViews(metric: Metric, { range, by: labels, matcher }: ViewOptions): ListedView[] {
  const { unit, name } = metric;
  const of = (suffix = '') => metricSelector(name + suffix, matcher);
  const groups = labels.map(labelText);
  const by = groups.length > 0 ? ` by (${groups.join(', ')})` : '';
  const rate = (suffix = '') => `sum${by} (rate(${of(suffix)}[${range}]))`;
  switch (metricKind(metric)) {
    case 'native-histogram':
      return [
        ...quantiles(rate(), unit),
        { id: 'average', label: 'Average', query: `histogram_avg(${rate()})`, unit },
        { id: 'rate', label: 'Rate', query: `histogram_count(${rate()})`, unit: '1/s' },
        { id: 'heat', label: 'Heat map', query: `sum(rate(${of()}[${range}]))`, unit, heat: true },
      ];
    case 'histogram': {
      const buckets = `sum by (${[...groups, 'le'].join(', ')}) (rate(${of('_bucket')}[${range}]))`;
      return [
        ...quantiles(buckets, unit),
        { id: 'average', label: 'Average', query: `${rate('_sum')} / ${rate('_count')}`, unit },
        { id: 'rate', label: 'Rate', query: rate('_count'), unit: '1/s' },
        { id: 'heat', label: 'Heat map', query: buckets, unit, heat: true },
      ];
    }
    case 'counter':
      return [
        { id: 'rate', label: 'Rate', query: rate(), unit: unit ? `${unit}/s` : '1/s' },
        { id: 'increase', label: `Increase in ${range}`, query: `sum${by} (increase(${of()}[${range}]))`, unit },
        { id: 'total', label: 'Total', query: of(), unit, each: true },
      ];
    case 'summary':
      return [
        { id: 'quantiles', label: 'Quantiles', query: of(), unit, each: true },
        { id: 'average', label: 'Average', query: `${rate('_sum')} / ${rate('_count')}`, unit },
        { id: 'rate', label: 'Rate', query: rate('_count'), unit: '1/s' },
      ];
    case 'info':
      return [
        { id: 'count', label: 'How many', query: `count${by} (${of()})`, unit: '' },
        { id: 'value', label: 'Each series', query: of(), unit: '', each: true },
      ];
    case 'state': {
      const states = [...groups.filter((group) => group !== labelText(name)), labelText(name)].join(', ');
      return [
        { id: 'sum', label: 'How many', query: `sum by (${states}) (${of()})`, unit: '' },
        { id: 'value', label: 'Each series', query: of(), unit: '', each: true },
      ];
    }
    case 'gauge':
      return [
        { id: 'average', label: 'Average', query: `avg${by} (${of()})`, unit },
        { id: 'sum', label: 'Sum', query: `sum${by} (${of()})`, unit },
        { id: 'min', label: 'Least', query: `min${by} (${of()})`, unit },
        { id: 'max', label: 'Greatest', query: `max${by} (${of()})`, unit },
        { id: 'value', label: 'Each series', query: of(), unit, each: true },
      ];
  }
}

function quantiles(buckets: string, unit: string): ListedView[] {
  return [0.5, 0.95, 0.99].map((q) => ({
    id: `p${q * 100}`,
    label: `p${q * 100}`,
    query: `histogram_quantile(${q}, ${buckets})`,
    unit,
  }));
}

/** Of a histogram the 95th percentile, of others the first. */
export function defaultView(views: readonly MetricView[]): MetricView | undefined {
  return views.find(({ id }) => id === 'p95') ?? views[0];
}

/** The series whose labels stand for the metric's: a classic histogram has no series of its own name. */
export function labelSource(metric: Metric): string {
  const kind = metricKind(metric);
  return kind === 'histogram' ? `${metric.name}_bucket` : metric.name;
}
