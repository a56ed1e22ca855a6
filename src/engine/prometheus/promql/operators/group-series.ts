import type { Labels } from '../sample-source';
import type { Aggregation } from '../syntax/ast';
import { dropLabels, keepLabels, keyOfLabels, METRIC_NAME } from '../values/labels';
import type { StepSeries, VectorValue } from '../values/value';

/** Series that an aggregation folds into one. */
export interface Group {
  readonly labels: Labels;
  readonly members: StepSeries[];
}

/** What remains of a series' labels under `by` or `without`; no clause keeps none. */
export function groupingOf({
  without,
  grouping,
}: Pick<Aggregation, 'without' | 'grouping'>): (labels: Labels) => Labels {
  const names = new Set(without ? [...grouping, METRIC_NAME] : grouping);
  return without ? (labels) => dropLabels(labels, names) : (labels) => keepLabels(labels, names);
}

export function groupSeries(aggregation: Aggregation, vector: VectorValue): Group[] {
  const groupLabels = groupingOf(aggregation);
  const groups = new Map<string, Group>();
  for (const series of vector.series) {
    const labels = groupLabels(series.labels);
    const key = keyOfLabels(labels);
    const group = groups.get(key);
    if (group) group.members.push(series);
    else groups.set(key, { labels, members: [series] });
  }
  return [...groups.values()];
}
