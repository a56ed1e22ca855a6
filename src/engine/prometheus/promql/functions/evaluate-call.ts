import { evaluateSelector } from '../evaluation/evaluate-selector';
import type { Evaluate, EvaluationContext } from '../evaluation/evaluation-context';
import { readRangeInput } from '../evaluation/range-input';
import { type FunctionCall, unwrapParentheses } from '../syntax/ast';
import { dropMetadata } from '../values/labels';
import type { StepGrid } from '../values/step-grid';
import { uniteSeries } from '../values/unite-series';
import type { Value, VectorValue } from '../values/value';
import { absent, absentOverTime } from './absent';
import { histogramFraction } from './histogram-fraction';
import { histogramQuantile } from './histogram-quantile';
import { joinLabels, replaceLabel } from './label-functions';
import { mapHistograms } from './map-histograms';
import { mapPoints } from './map-points';
import { POINT_FUNCTIONS } from './pointwise-functions';
import { HISTOGRAM_FUNCTIONS } from './pointwise-histogram-functions';
import { evaluateRangeFunction } from './range/evaluate-range-function';
import { scalarOf, timesOf, vectorOf } from './scalar-functions';
import { sortVector } from './sort-vector';

const SORT_IN_RANGE = 'sort is ineffective for range queries since results are always ordered by labels';

/** Evaluates the arguments and runs the function on them. */
export async function evaluateCall(
  call: FunctionCall,
  grid: StepGrid,
  context: EvaluationContext,
  evaluate: Evaluate,
): Promise<Value> {
  context.budget.hold(grid.count);
  const rangeAt = call.args.findIndex((argument) => {
    const { kind } = unwrapParentheses(argument);
    return kind === 'matrix-selector' || kind === 'subquery';
  });
  const args: Value[] = [];
  for (const [index, argument] of call.args.entries()) {
    if (index !== rangeAt) args.push(await evaluate(argument, grid, context));
  }
  const scalars = args.flatMap((value) => (value.type === 'scalar' ? [value.values] : []));
  const texts = args.flatMap((value) => (value.type === 'string' ? [value.text] : []));
  const vector = args.find((value): value is VectorValue => value.type === 'vector');
  if (rangeAt >= 0) {
    const input = await readRangeInput(call.args[rangeAt]!, grid, context, evaluate);
    if (call.name === 'absent_over_time') return await absentOverTime(input, grid, context);
    return await evaluateRangeFunction(call, input, scalars, grid, context);
  }
  switch (call.name) {
    case 'time':
      return timesOf(grid);
    case 'pi':
      return { type: 'scalar', values: new Float64Array(grid.count).fill(Math.PI) };
    case 'vector':
      return vectorOf(scalars[0]!);
    case 'scalar':
      return await scalarOf(vector!, grid, context.pace);
    case 'timestamp':
      return await timestamp(call, vector!, grid, context);
    case 'sort':
    case 'sort_desc':
      if (context.queryStartMs !== context.queryEndMs) context.annotations.warn(SORT_IN_RANGE, call.from);
      return await sortVector(vector!, call.name === 'sort_desc', grid, context.pace);
    case 'absent': {
      const argument = unwrapParentheses(call.args[0]!);
      const matchers = argument.kind === 'vector-selector' ? argument.matchers : [];
      const present = vector!.series.map((one) => one.present);
      return await absent(present, matchers, grid, context.pace);
    }
    case 'label_replace':
      return await replaceLabel(vector!, texts, context);
    case 'label_join':
      return await joinLabels(vector!, texts, context);
    case 'histogram_quantile':
      return await histogramQuantile(call, scalars[0]!, vector!, context);
    case 'histogram_fraction':
      return await histogramFraction(call, scalars[0]!, scalars[1]!, vector!, context);
    default:
      if (HISTOGRAM_FUNCTIONS[call.name]) return await mapHistograms(vector!, HISTOGRAM_FUNCTIONS[call.name]!, context);
      return await mapPoints(vector ?? vectorOf(timesOf(grid).values), POINT_FUNCTIONS[call.name]!, scalars, context);
  }
}

/** The samples' own times for a selector, the step's time for every other vector. */
async function timestamp(
  call: FunctionCall,
  vector: VectorValue,
  grid: StepGrid,
  context: EvaluationContext,
): Promise<VectorValue> {
  const argument = unwrapParentheses(call.args[0]!);
  context.budget.hold(vector.series.length * grid.count);
  if (argument.kind !== 'vector-selector') {
    const times = timesOf(grid).values;
    const series = vector.series.map(({ labels, present }) => ({
      labels: dropMetadata(labels),
      values: times,
      present,
    }));
    return { type: 'vector', series: await uniteSeries(series, context.pace) };
  }
  const { series } = await evaluateSelector(argument, grid, context, 'time');
  const unnamed = series.map((one) => ({ ...one, labels: dropMetadata(one.labels) }));
  return { type: 'vector', series: await uniteSeries(unnamed, context.pace) };
}
