import type { Evaluate, EvaluationContext } from '../evaluation/evaluation-context';
import { warnOfQuantileExtremes } from '../evaluation/warn-of-quantiles';
import type { NativeHistogram } from '../histogram/native-histogram';
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
import { createStepSeries, putSample, type StepSeries, type Value, type VectorValue } from '../values/value';
import { weightOfSeries } from '../values/weight-of-series';
import { countValues } from './count-values';
import { foldSamples } from './fold-samples';
import { type Group, groupSeries } from './group-series';
import { selectExtremes } from './select-extremes';

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
  if (parameter?.type === 'string') return await countValues(aggregation, parameter.text, operand, grid.count, context);
  const groups = await groupSeries(aggregation, operand, context.pace);
  context.budget.hold((operand.series.length + groups.length) * grid.count);
  const fold = FOLDS[aggregation.operator];
  if (fold) {
    return await foldGroups(aggregation, groups, grid.count, context, (values, count) => fold(values, 0, count));
  }
  const scalars = numbersOf(parameter);
  if (aggregation.operator !== 'quantile')
    return await selectExtremes(aggregation, groups, scalars, grid.count, context);
  warnOfQuantileExtremes(scalars, aggregation.parameter!.from, context);
  return await foldGroups(aggregation, groups, grid.count, context, (values, count, step) =>
    quantileOf(scalars[step]!, values, 0, count),
  );
}

function numbersOf(parameter: Value | undefined): Float64Array {
  if (parameter?.type !== 'scalar')
    throw new Error('an aggregation without its scalar parameter passed the type check');
  return parameter.values;
}

type FoldStep = (values: Float64Array, count: number, step: number) => number;

/** Gathers the samples that a group has at a step side by side and folds them. */
async function foldGroups(
  aggregation: Aggregation,
  groups: readonly Group[],
  steps: number,
  context: EvaluationContext,
  fold: FoldStep,
): Promise<VectorValue> {
  const { pace } = context;
  const series: StepSeries[] = [];
  let weight = 0;
  for (const { labels, members } of groups) {
    const result = createStepSeries(labels, steps);
    const gathered = new Float64Array(members.length);
    const mayHaveHistograms = members.some(({ histograms }) => histograms !== undefined);
    for (let step = 0; step < steps; step++) {
      if (pace.isDueAfter(members.length)) await pace.turn();
      let count = 0;
      const histograms: NativeHistogram[] = [];
      for (const member of members) {
        if (member.present[step] === 0) continue;
        const histogram = mayHaveHistograms ? member.histograms?.[step] : undefined;
        if (histogram) histograms.push(histogram);
        else gathered[count++] = member.values[step]!;
      }
      if (histograms.length > 0) {
        const found = { floats: gathered, floatCount: count, histograms };
        const sample = foldSamples(aggregation, found, step, fold, context);
        if (sample !== undefined) putSample(result, step, sample);
      } else if (count > 0) {
        result.values[step] = fold(gathered, count, step);
        result.present[step] = 1;
      }
    }
    series.push(result);
    weight += weightOfSeries(result);
    context.budget.hold(weight);
  }
  return { type: 'vector', series };
}
