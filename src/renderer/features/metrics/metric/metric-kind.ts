import type { Metric } from './metric';

export type MetricKind = 'counter' | 'gauge' | 'histogram' | 'native-histogram' | 'summary' | 'info' | 'state';

/** What its samples are, which says what one can ask of them. */
export function metricKind({ name, type, native }: Pick<Metric, 'name' | 'type' | 'native'>): MetricKind {
  if (type === 'histogram' || type === 'gaugehistogram') return native ? 'native-histogram' : 'histogram';
  if (type === 'summary') return 'summary';
  if (type === 'stateset') return 'state';
  if (type === 'info' || (type !== 'counter' && name.endsWith('_info'))) return 'info';
  if (type === 'counter' || (type !== 'gauge' && name.endsWith('_total'))) return 'counter';
  return 'gauge';
}
