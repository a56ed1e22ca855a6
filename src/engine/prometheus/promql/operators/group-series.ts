import type { Pace } from '../../../pace/pace';
import type { Aggregation } from '../syntax/ast';
import type { Labels } from '../terms/sample-source';
import { dropLabels, keepLabels, keyOfLabels, METRIC_NAME } from '../values/labels';
import type { StepSeries, VectorValue } from '../values/value';

/** Making one series' key, in units of `Pace.isDueAfter`. */
const KEY = 50;

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

export async function groupSeries(aggregation: Aggregation, vector: VectorValue, pace: Pace): Promise<Group[]> {
  const groupLabels = groupingOf(aggregation);
  const groups = new Map<string, Group>();
  for (const series of vector.series) {
    if (pace.isDueAfter(KEY)) await pace.turn();
    const labels = groupLabels(series.labels);
    const key = keyOfLabels(labels);
    const group = groups.get(key);
    if (group) group.members.push(series);
    else groups.set(key, { labels, members: [series] });
  }
  return [...groups.values()];
}
