import type { Pace } from '../../../pace/pace';
import type { Annotations } from '../evaluation/annotations';
import type { EvaluationContext } from '../evaluation/evaluation-context';
import type { BinaryOperation } from '../syntax/ast';
import { failExecution } from '../terms/promql-error';
import type { Labels } from '../terms/sample-source';
import {
  compareLabels,
  dropLabels,
  dropMetadata,
  formatLabels,
  keepLabels,
  setLabel,
  valueOfLabel,
} from '../values/labels';
import { uniteSeries } from '../values/unite-series';
import { isEmptySeries, type StepSeries, type VectorValue } from '../values/value';
import { weightOfSeries } from '../values/weight-of-series';
import { combineSteps } from './combine-steps';
import { groupByMatch, matchLabels, presenceOf } from './match-key';
import { dropsName } from './point-operation';

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
  const { pace } = context;
  const manyGroups = await groupByMatch(many.series, labelsOf, pace);
  const oneGroups = await groupByMatch(one.series, labelsOf, pace);
  const manyPresent = await presenceOf(many.series, steps, pace);
  const results: StepSeries[] = [];
  let weight = 0;
  for (const [key, ones] of oneGroups) {
    if (pace.isDueAfter(steps)) await pace.turn();
    if (ones.length > 1)
      await requireOne(ones, manyPresent, labelsOf(ones[0]!.labels), swapped ? 'left' : 'right', pace);
    const manies = manyGroups.get(key) ?? [];
    if (matching.cardinality === 'one-to-one' && context.rules.filteredMatches === 'conflict') {
      await requireDisjoint(manies, await presenceOf(ones, steps, pace), pace);
    }
    const group: StepSeries[] = [];
    for (const series of manies) {
      for (const single of ones) {
        const combined = combinePair(expression, series, single, swapped, context.annotations);
        if (pace.isDueAfter(2 * steps)) await pace.turn();
        if (isEmptySeries(combined)) continue;
        weight += weightOfSeries(combined);
        context.budget.hold(weight);
        group.push(combined);
      }
    }
    if (matching.cardinality === 'one-to-one' && context.rules.filteredMatches === 'ignored') {
      await requireDisjoint(group, await presenceOf(ones, steps, pace), pace);
    }
    results.push(...(group.length > 1 ? await uniteSeries(group, pace, NEEDS_LABELS) : group));
  }
  return { type: 'vector', series: await uniteSeries(results, pace) };
}

function combinePair(
  expression: BinaryOperation,
  many: StepSeries,
  one: StepSeries,
  swapped: boolean,
  annotations: Annotations,
): StepSeries {
  const [left, right] = swapped ? [one, many] : [many, one];
  return combineSteps(expression, resultLabels(expression, many.labels, one.labels), left, right, left, annotations);
}

function resultLabels(expression: BinaryOperation, many: Labels, one: Labels): Labels {
  const { matching } = expression;
  const labels = dropsName(expression) ? dropMetadata(many) : many;
  if (matching.cardinality === 'one-to-one') {
    const names = new Set(matching.labels);
    return matching.on ? keepLabels(labels, names) : dropLabels(labels, names);
  }
  return matching.include.reduce((all, name) => setLabel(all, name, valueOfLabel(one, name)), labels);
}

/** Fails where two series of the "one" side are present at a step at which the other side has any. */
async function requireOne(
  ones: readonly StepSeries[],
  otherPresent: Uint8Array,
  match: Labels,
  side: 'left' | 'right',
  pace: Pace,
): Promise<void> {
  for (const [step, other] of otherPresent.entries()) {
    if (other === 0) continue;
    if (pace.isDueAfter(5 * ones.length)) await pace.turn();
    const [first, second] = ones.filter((series) => series.present[step] === 1);
    if (!first || !second) continue;
    const found = `found duplicate series for the match group ${formatLabels(match)} on the ${side} hand-side of the operation`;
    const series = `[${[first.labels, second.labels].sort(compareLabels).map(formatLabels).join(', ')}]`;
    failExecution(`${found}: ${series};many-to-many matching not allowed: matching labels must be unique on one side`);
  }
}

/** Fails where two series are present at one of the given steps. */
async function requireDisjoint(group: readonly StepSeries[], atSteps: Uint8Array, pace: Pace): Promise<void> {
  if (group.length < 2) return;
  const seen = new Uint8Array(atSteps.length);
  for (const { present } of group) {
    if (pace.isDueAfter(seen.length)) await pace.turn();
    for (let step = 0; step < seen.length; step++) {
      if (present[step] === 0 || atSteps[step] === 0) continue;
      if (seen[step] === 1) failExecution(NEEDS_GROUP);
      seen[step] = 1;
    }
  }
}
