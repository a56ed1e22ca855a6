import { evaluateSelector } from '../evaluation/evaluate-selector';
import type { EvaluationContext } from '../evaluation/evaluation-context';
import { type Evaluate, readRangeInput } from '../evaluation/range-input';
import { type FunctionCall, unwrapParentheses } from '../syntax/ast';
import { dropMetricName } from '../values/labels';
import type { StepGrid } from '../values/step-grid';
import { uniteSeries } from '../values/unite-series';
import type { Value, VectorValue } from '../values/value';
import { absent, absentOverTime } from './absent';
import { evaluateRangeFunction } from './evaluate-range-function';
import { histogramQuantile } from './histogram-quantile';
import { joinLabels, replaceLabel } from './label-functions';
import { mapPoints } from './map-points';
import { POINT_FUNCTIONS } from './pointwise-functions';
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
    if (call.name === 'absent_over_time') return absentOverTime(input, grid, context);
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
      return scalarOf(vector!, grid);
    case 'timestamp':
      return await timestamp(call, vector!, grid, context);
    case 'sort':
    case 'sort_desc':
      if (context.queryStartMs !== context.queryEndMs) context.annotations.warn(SORT_IN_RANGE, call.from);
      return sortVector(vector!, call.name === 'sort_desc', grid);
    case 'absent': {
      const argument = unwrapParentheses(call.args[0]!);
      const matchers = argument.kind === 'vector-selector' ? argument.matchers : [];
      return absent(
        vector!.series.map((one) => one.present),
        matchers,
        grid,
      );
    }
    case 'label_replace':
      return replaceLabel(vector!, texts, context.rules);
    case 'label_join':
      return joinLabels(vector!, texts, context.rules);
    case 'histogram_quantile':
      return await histogramQuantile(call, scalars[0]!, vector!, context);
    default:
      return await mapPoints(
        vector ?? vectorOf(timesOf(grid).values),
        POINT_FUNCTIONS[call.name]!,
        scalars,
        context.pace,
      );
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
  if (argument.kind !== 'vector-selector') {
    const times = timesOf(grid).values;
    return await mapPoints(vector, (_value, _args, step) => times[step]!, [], context.pace);
  }
  const { series } = await evaluateSelector(argument, grid, context, 'time');
  return { type: 'vector', series: uniteSeries(series.map((one) => ({ ...one, labels: dropMetricName(one.labels) }))) };
}
