import { formatDecimal } from '../../../samples/format-sample';
import type { EvaluationContext } from '../evaluation/evaluation-context';
import { histogramText } from '../histogram/histogram-text';
import type { Aggregation } from '../syntax/ast';
import { failExecution } from '../terms/promql-error';
import type { Sample } from '../terms/sample-source';
import { isLabelName, keyOfLabels, setLabel } from '../values/labels';
import { createStepSeries, type StepSeries, sampleAt, type VectorValue } from '../values/value';
import { groupingOf } from './group-series';

/** `count_values`: how often each value occurs; the value becomes a label. */
export async function countValues(
  aggregation: Aggregation,
  label: string,
  operand: VectorValue,
  steps: number,
  { rules, pace, budget }: EvaluationContext,
): Promise<VectorValue> {
  if (!isLabelName(label, rules)) failExecution(`invalid label name ${quoteBytes(label)}`);
  const grouping = aggregation.without ? aggregation.grouping : [...aggregation.grouping, label];
  const groupLabels = groupingOf({ without: aggregation.without, grouping });
  const counts = new Map<string, StepSeries>();
  for (const series of operand.series) {
    for (let step = 0; step < steps; step++) {
      if (pace.isDueAfter(200)) await pace.turn();
      if (series.present[step] === 0) continue;
      const labels = groupLabels(setLabel(series.labels, label, textOf(sampleAt(series, step))));
      const key = keyOfLabels(labels);
      let count = counts.get(key);
      if (count === undefined) {
        budget.hold((counts.size + 1) * steps);
        count = createStepSeries(labels, steps);
        counts.set(key, count);
      }
      count.values[step]!++;
      count.present[step] = 1;
    }
  }
  return { type: 'vector', series: [...counts.values()] };
}

function textOf(sample: Sample): string {
  return typeof sample === 'number' ? formatDecimal(sample) : histogramText(sample);
}

/** Bytes that are no UTF-8 as Prometheus shows them. */
function quoteBytes(text: string): string {
  return JSON.stringify(text).replace(/\\udc([0-9a-f]{2})/g, '\\x$1');
}
