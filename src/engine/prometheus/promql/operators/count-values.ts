import { formatDecimal } from '../format-sample';
import { failExecution } from '../promql-error';
import type { SemanticRules } from '../semantic-rules';
import type { Aggregation } from '../syntax/ast';
import { isLabelName, keyOfLabels, setLabel } from '../values/labels';
import { createStepSeries, type StepSeries, type VectorValue } from '../values/value';
import { groupingOf } from './group-series';

/** `count_values`: how often each value occurs; the value becomes a label. */
export function countValues(
  aggregation: Aggregation,
  label: string,
  operand: VectorValue,
  steps: number,
  rules: SemanticRules,
): VectorValue {
  if (!isLabelName(label, rules)) failExecution(`invalid label name "${label}"`);
  const grouping = aggregation.without ? aggregation.grouping : [...aggregation.grouping, label];
  const groupLabels = groupingOf({ without: aggregation.without, grouping });
  const counts = new Map<string, StepSeries>();
  for (const series of operand.series) {
    for (let step = 0; step < steps; step++) {
      if (series.present[step] === 0) continue;
      const labels = groupLabels(setLabel(series.labels, label, formatDecimal(series.values[step]!)));
      const key = keyOfLabels(labels);
      const count = counts.get(key) ?? createStepSeries(labels, steps);
      count.values[step]!++;
      count.present[step] = 1;
      counts.set(key, count);
    }
  }
  return { type: 'vector', series: [...counts.values()] };
}
