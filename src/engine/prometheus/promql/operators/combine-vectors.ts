import type { EvaluationContext } from '../evaluation/evaluation-context';
import { failExecution } from '../promql-error';
import type { Labels } from '../sample-source';
import type { BinaryOperation } from '../syntax/ast';
import {
  compareLabels,
  dropLabels,
  dropMetricName,
  formatLabels,
  keepLabels,
  setLabel,
  valueOfLabel,
} from '../values/labels';
import { uniteSeries } from '../values/unite-series';
import { createStepSeries, isEmptySeries, type StepSeries, type VectorValue } from '../values/value';
import { groupByMatch, matchLabels, presenceOf } from './match-key';
import { dropsName, pointOperationOf } from './point-operation';

const NEEDS_GROUP = 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)';
const NEEDS_LABELS = 'multiple matches for labels: grouping labels must ensure unique matches';

/** Arithmetic and comparison between two vectors: series pair up by their match labels, one to one or many to one. */
export async function combineVectors(
  expression: BinaryOperation,
  left: VectorValue,
  right: VectorValue,
  steps: number,
  context: EvaluationContext,
): Promise<VectorValue> {
  const { matching } = expression;
  const swapped = matching.cardinality === 'one-to-many';
  const [many, one] = swapped ? [right, left] : [left, right];
  const labelsOf = matchLabels(matching);
  const manyGroups = groupByMatch(many.series, labelsOf);
  const oneGroups = groupByMatch(one.series, labelsOf);
  const manyPresent = presenceOf(many.series, steps);
  const results = await context.pace.map(oneGroups, ([key, ones]) => {
    if (ones.length > 1) requireOne(ones, manyPresent, labelsOf(ones[0]!.labels), swapped ? 'left' : 'right');
    const manies = manyGroups.get(key) ?? [];
    const group = manies.flatMap((series) => ones.map((single) => combinePair(expression, series, single, swapped)));
    const filled = group.filter((series) => !isEmptySeries(series));
    if (matching.cardinality === 'one-to-one') {
      const matches = context.rules.filteredMatches === 'conflict' ? manies : filled;
      requireDisjoint(matches, presenceOf(ones, steps));
    }
    return filled.length > 1 ? uniteSeries(filled, NEEDS_LABELS) : filled;
  });
  return { type: 'vector', series: uniteSeries(results.flat()) };
}

function combinePair(expression: BinaryOperation, many: StepSeries, one: StepSeries, swapped: boolean): StepSeries {
  const operation = pointOperationOf(expression);
  const result = createStepSeries(resultLabels(expression, many.labels, one.labels), many.values.length);
  const [left, right] = swapped ? [one, many] : [many, one];
  for (let step = 0; step < result.values.length; step++) {
    if (left.present[step] === 0 || right.present[step] === 0) continue;
    const value = operation(left.values[step]!, right.values[step]!, left.values[step]!);
    if (value === undefined) continue;
    result.values[step] = value;
    result.present[step] = 1;
  }
  return result;
}

function resultLabels(expression: BinaryOperation, many: Labels, one: Labels): Labels {
  const { matching } = expression;
  const labels = dropsName(expression) ? dropMetricName(many) : many;
  if (matching.cardinality === 'one-to-one') {
    const names = new Set(matching.labels);
    return matching.on ? keepLabels(labels, names) : dropLabels(labels, names);
  }
  return matching.include.reduce((all, name) => setLabel(all, name, valueOfLabel(one, name)), labels);
}

/** Fails where two series of the "one" side are present at a step at which the other side has any. */
function requireOne(
  ones: readonly StepSeries[],
  otherPresent: Uint8Array,
  match: Labels,
  side: 'left' | 'right',
): void {
  for (const [step, other] of otherPresent.entries()) {
    if (other === 0) continue;
    const [first, second] = ones.filter((series) => series.present[step] === 1);
    if (!first || !second) continue;
    const found = `found duplicate series for the match group ${formatLabels(match)} on the ${side} hand-side of the operation`;
    const series = `[${[first.labels, second.labels].sort(compareLabels).map(formatLabels).join(', ')}]`;
    failExecution(`${found}: ${series};many-to-many matching not allowed: matching labels must be unique on one side`);
  }
}

/** Fails where two series are present at one of the given steps. */
function requireDisjoint(group: readonly StepSeries[], atSteps: Uint8Array): void {
  if (group.length < 2) return;
  const seen = new Uint8Array(atSteps.length);
  for (const { present } of group) {
    for (let step = 0; step < seen.length; step++) {
      if (present[step] === 0 || atSteps[step] === 0) continue;
      if (seen[step] === 1) failExecution(NEEDS_GROUP);
      seen[step] = 1;
    }
  }
}
