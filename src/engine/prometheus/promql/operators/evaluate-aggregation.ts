import type { EvaluationContext } from '../evaluation/evaluation-context';
import type { Pace } from '../evaluation/pace';
import type { Evaluate } from '../evaluation/range-input';
import { warnOfQuantiles } from '../functions/warn-of-quantiles';
import type { Aggregation } from '../syntax/ast';
import {
  averageOf,
  countOf,
  deviationOf,
  type Fold,
  greatestOf,
  leastOf,
  oneOf,
  sumOf,
  varianceOf,
} from '../values/folds';
import { quantileOf } from '../values/quantile-of';
import type { StepGrid } from '../values/step-grid';
import { createStepSeries, type StepSeries, type Value, type VectorValue } from '../values/value';
import { countValues } from './count-values';
import { type Group, groupSeries } from './group-series';
import { selectExtremes } from './select-extremes';

const STEPS_BETWEEN_CHECKS = 64;

const FOLDS: Readonly<Record<string, Fold>> = {
  sum: sumOf,
  avg: averageOf,
  min: leastOf,
  max: greatestOf,
  count: countOf,
  group: oneOf,
  stddev: deviationOf,
  stdvar: varianceOf,
};

export async function evaluateAggregation(
  aggregation: Aggregation,
  grid: StepGrid,
  context: EvaluationContext,
  evaluate: Evaluate,
): Promise<VectorValue> {
  const parameter = aggregation.parameter && (await evaluate(aggregation.parameter, grid, context));
  const operand = (await evaluate(aggregation.operand, grid, context)) as VectorValue;
  if (parameter?.type === 'string') return countValues(aggregation, parameter.text, operand, grid.count, context.rules);
  const groups = groupSeries(aggregation, operand);
  const { pace } = context;
  const fold = FOLDS[aggregation.operator];
  if (fold) return await foldGroups(groups, grid.count, pace, (values, count) => fold(values, 0, count));
  const scalars = numbersOf(parameter);
  if (aggregation.operator !== 'quantile')
    return await selectExtremes(aggregation.operator, groups, scalars, grid.count, pace);
  warnOfQuantiles(scalars, aggregation.parameter!.from, context);
  return await foldGroups(groups, grid.count, pace, (values, count, step) =>
    quantileOf(scalars[step]!, values, 0, count),
  );
}

function numbersOf(parameter: Value | undefined): Float64Array {
  if (parameter?.type !== 'scalar')
    throw new Error('an aggregation without its scalar parameter passed the type check');
  return parameter.values;
}

type FoldStep = (values: Float64Array, count: number, step: number) => number;

/** Gathers the values that a group has at a step side by side and folds them. */
async function foldGroups(groups: readonly Group[], steps: number, pace: Pace, fold: FoldStep): Promise<VectorValue> {
  const series: StepSeries[] = [];
  for (const { labels, members } of groups) {
    const result = createStepSeries(labels, steps);
    const gathered = new Float64Array(members.length);
    for (let step = 0; step < steps; step++) {
      let count = 0;
      for (const { values, present } of members) if (present[step] === 1) gathered[count++] = values[step]!;
      if (count === 0) continue;
      result.values[step] = fold(gathered, count, step);
      result.present[step] = 1;
      if (step % STEPS_BETWEEN_CHECKS === 0 && pace.isDue) await pace.pause();
    }
    series.push(result);
  }
  return { type: 'vector', series };
}
