import type { EvaluationContext } from '../evaluation/evaluation-context';
import type { RangeInput } from '../evaluation/range-input';
import { slideWindow, type WindowFunction } from '../evaluation/slide-window';
import type { SemanticRules } from '../semantic-rules';
import type { FunctionCall } from '../syntax/ast';
import { dropMetricName, METRIC_NAME, valueOfLabel } from '../values/labels';
import type { StepGrid } from '../values/step-grid';
import { requireUniqueLabels } from '../values/unite-series';
import type { VectorValue } from '../values/value';
import { createExtrapolatedRate } from './extrapolated-rate';
import { instantDelta, instantRate } from './instant-rate';
import { deriv, predictLinear } from './linear-regression';
import { OVER_TIME_FUNCTIONS } from './over-time';
import { warnOfQuantiles } from './warn-of-quantiles';

const COUNTER_SUFFIX = /_(total|sum|count|bucket)$/;

/** A function of one range vector, run over the window of every step of every series. */
export async function evaluateRangeFunction(
  call: FunctionCall,
  input: RangeInput,
  args: readonly Float64Array[],
  grid: StepGrid,
  context: EvaluationContext,
): Promise<VectorValue> {
  const compute = windowFunctionOf(call.name, context.rules);
  annotate(call, input, args, context);
  context.budget.hold(input.series.length * grid.count);
  const keepsName = call.name === 'last_over_time';
  const results = await context.pace.map(input.series, (series) => {
    const result = slideWindow(series, input, grid, context, compute, args);
    return keepsName ? result : { ...result, labels: dropMetricName(result.labels) };
  });
  return { type: 'vector', series: requireUniqueLabels(results) };
}

function windowFunctionOf(name: string, rules: SemanticRules): WindowFunction {
  switch (name) {
    case 'rate':
      return createExtrapolatedRate({ isCounter: true, perSecond: true }, rules);
    case 'increase':
      return createExtrapolatedRate({ isCounter: true, perSecond: false }, rules);
    case 'delta':
      return createExtrapolatedRate({ isCounter: false, perSecond: false }, rules);
    case 'irate':
      return instantRate;
    case 'idelta':
      return instantDelta;
    case 'deriv':
      return deriv;
    case 'predict_linear':
      return predictLinear;
    default:
      return OVER_TIME_FUNCTIONS[name]!;
  }
}

function annotate(
  call: FunctionCall,
  input: RangeInput,
  args: readonly Float64Array[],
  context: EvaluationContext,
): void {
  if (call.name === 'quantile_over_time') warnOfQuantiles(args[0]!, call.args[0]!.from, context);
  if (call.name !== 'rate' && call.name !== 'increase') return;
  for (const { labels } of input.series) {
    const name = valueOfLabel(labels, METRIC_NAME);
    if (name === '' || COUNTER_SUFFIX.test(name)) continue;
    const message = `metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "${name}"`;
    context.annotations.inform(message, call.args[0]!.from);
  }
}
