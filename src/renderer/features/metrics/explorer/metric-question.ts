import type { MetricsSearch } from '../../../page/metrics-search';
import { greatestSeries } from '../metric/greatest-series';
import { type LabelMatcher, readMatchers, renderMatchers } from '../metric/label-matchers';
import type { Metric } from '../metric/metric';
import { defaultView, type MetricView, metricViews } from '../metric/metric-views';
import type { QueryTimes } from '../metric/query-times';
import { serviceLabel, usualGroup } from '../metric/usual-group';

/** Lines that a chart of the whole width can tell apart. */
const chartLines = 20;

export interface MetricQuestion {
  views: MetricView[];
  view: MetricView | undefined;
  matchers: LabelMatcher[];
  by: string[];
  /** What is asked. */
  query: string;
  /** How many series there would be, where `query` answers the greatest of them. */
  countQuery?: string;
}

interface QuestionOptions {
  metric: Metric;
  search: Pick<MetricsSearch, 'service' | 'where' | 'by' | 'fn'>;
  /** Labels of the metric with the number of their values. */
  counts: readonly { label: string; total: number }[];
  times: QueryTimes;
}

/** What the address asks of a metric. */
export function metricQuestion(options: QuestionOptions): MetricQuestion {
  const { metric, search, counts, times } = options;
  const { range } = times;
  const labels = counts.map(({ label }) => label);
  const matchers = matchersOf(search, labels);
  const by = search.by === undefined ? usualGroup(labels, matchers) : search.by.split('\n').filter(Boolean);
  const matcher = renderMatchers(matchers);
  const views = metricViews(metric, { range, by, matcher });
  const view = views.find(({ id }) => id === search.fn) ?? defaultView(views);
  if (!view) return { views, view, matchers, by, query: '' };
  const told = view.each ? labels : by;
  const most = told.reduce((product, label) => product * Math.max(1, totalOf(counts, label)), 1);
  if (most <= chartLines) return { views, view, matchers, by, query: view.query };
  if (view.heat) {
    // What is told apart only to be added up again is not worth very many series.
    const whole = metricViews(metric, { range, by: [], matcher }).find(({ id }) => id === view.id)!;
    return { views, view, matchers, by, query: whole.query };
  }
  const query = greatestSeries(view.query, chartLines, times);
  return { views, view, matchers, by, query, countQuery: `count(${view.query})` };
}

/** Those of the address; the service of a link from another page is one of them, where the metric tells services apart. */
export function matchersOf({ service, where }: Pick<MetricsSearch, 'service' | 'where'>, labels: readonly string[]) {
  const matchers = readMatchers(where ?? '');
  const label = service === undefined ? undefined : serviceLabel(labels);
  return label === undefined ? matchers : [{ label, operator: '=' as const, value: service! }, ...matchers];
}

function totalOf(counts: readonly { label: string; total: number }[], label: string): number {
  return counts.find((count) => count.label === label)?.total ?? 1;
}
