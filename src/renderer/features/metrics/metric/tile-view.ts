import { greatestSeries } from './greatest-series';
import type { Metric } from './metric';
import { metricKind } from './metric-kind';
import { metricOrigin } from './metric-origin';
import { metricSelector } from './metric-selector';
import { metricViews } from './metric-views';
import type { QueryTimes } from './query-times';

export interface TileView {
  query: string;
  /** What the lines are: `Rate`. */
  label: string;
  unit: string;
  /** How many series there are, where the query answers at most the greatest of them. */
  countQuery?: string;
}

/** Lines of a small chart that can be told apart. */
export const tileLines = 8;

interface TileOptions {
  times: QueryTimes;
  /** Whether there may be more services than lines. */
  many: boolean;
}

/** What a small chart shows of a metric: its usual function, told apart by service alone. */
export function tileView(metric: Metric, { times, many }: TileOptions): TileView {
  const kind = metricKind(metric);
  const { range } = times;
  if (kind === 'histogram' || kind === 'native-histogram') {
    const views = metricViews(metric, { range, by: [] }).filter(({ id }) => /^p\d+$/.test(id));
    const query = views.map(({ id, query }) => `label_replace(${query}, "quantile", "${id}", "", "")`).join(' or ');
    return { query, label: 'p50, p95, p99', unit: metric.unit };
  }
  const by = kind === 'info' ? [] : groupOf(metric);
  if (kind === 'summary') {
    const query = `avg by (quantile) (${metricSelector(metric.name)})`;
    return { query, label: 'Quantiles', unit: metric.unit };
  }
  const { query, label, unit } = metricViews(metric, { range, by })[0]!;
  if (!many || by.length === 0) return { query, label, unit };
  return {
    query: greatestSeries(query, tileLines, times),
    label,
    unit,
    countQuery: `count(${query})`,
  };
}

/** Labels that the series of a metric of this origin tell services by; one that a metric has not groups nothing. */
function groupOf({ name }: Metric): string[] {
  switch (metricOrigin(name)) {
    case 'derived':
      return name.startsWith('traces_service_graph_') ? ['client', 'server'] : ['service'];
    case 'watchtower':
      return [];
    case 'own':
      return ['service_name', 'job'];
  }
}
