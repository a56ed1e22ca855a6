import type { EvaluationContext, SourcesByCall } from '../../evaluation/evaluation-context';
import { mapSeries } from '../../evaluation/map-series';
import type { RangeInput } from '../../evaluation/range-input';
import { slideMixedWindow } from '../../evaluation/slide-mixed-window';
import { slideWindow, type WindowFunction } from '../../evaluation/slide-window';
import { warnOfQuantiles } from '../../evaluation/warn-of-quantiles';
import type { FunctionCall } from '../../syntax/ast';
import { failExecution } from '../../terms/promql-error';
import type { Labels, SelectedSeries } from '../../terms/sample-source';
import type { SemanticRules } from '../../terms/semantic-rules';
import { dropMetadata, keyOfLabels, METRIC_NAME, valueOfLabel } from '../../values/labels';
import type { StepGrid } from '../../values/step-grid';
import { requireUniqueLabels, SAME_LABELS } from '../../values/unite-series';
import { isEmptySeries, type StepSeries, type VectorValue } from '../../values/value';
import { createExtrapolatedRate, RATE_KINDS } from './extrapolated-rate';
import { instantDelta, instantRate } from './instant-rate';
import { deriv, predictLinear } from './linear-regression';
import { mixedRangeFunction } from './mixed-range-functions';
import { OVER_TIME_FUNCTIONS } from './over-time';
import { createRangeNotes } from './range-notes';

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
  context.budget.hold(input.series.length * grid.count);
  const keepsName = call.name === 'last_over_time' || call.name === 'first_over_time';
  const results = await mapSeries(input.series, context, async (series) => {
    const result = await slide(call, series, input, args, grid, context, compute);
    annotate(call, result, args, context);
    const named = keepsName ? result : { ...result, labels: dropMetadata(result.labels) };
    if (context.sources && !isEmptySeries(named)) requireOneSource(call, named.labels, series.labels, context.sources);
    return named;
  });
  return { type: 'vector', series: await requireUniqueLabels(results, context.pace) };
}

/** Two series that become one fail as they do where all steps are evaluated at once. */
function requireOneSource(call: FunctionCall, labels: Labels, source: Labels, sources: SourcesByCall): void {
  const ofCall = sources.get(call) ?? new Map<string, string>();
  sources.set(call, ofCall);
  const [key, found] = [keyOfLabels(labels), keyOfLabels(source)];
  if ((ofCall.get(key) ?? found) !== found) failExecution(SAME_LABELS);
  ofCall.set(key, found);
}

function slide(
  call: FunctionCall,
  series: SelectedSeries,
  input: RangeInput,
  args: readonly Float64Array[],
  grid: StepGrid,
  context: EvaluationContext,
  compute: WindowFunction,
): Promise<StepSeries> {
  if (!series.histograms) return slideWindow(series, input, grid, context, compute, args);
  const notes = createRangeNotes(call, valueOfLabel(series.labels, METRIC_NAME), context);
  const mixed = mixedRangeFunction(call.name, compute, context.rules, notes);
  return slideMixedWindow(series, input, grid, context, mixed, args);
}

function windowFunctionOf(name: string, rules: SemanticRules): WindowFunction {
  const kind = RATE_KINDS[name];
  if (kind) return createExtrapolatedRate(kind, rules);
  switch (name) {
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

/** Notes are made only of what was computed: of steps that have a result. */
function annotate(
  call: FunctionCall,
  result: StepSeries,
  args: readonly Float64Array[],
  context: EvaluationContext,
): void {
  if (call.name === 'quantile_over_time') {
    const used = args[0]!.filter((_, step) => result.present[step] === 1);
    warnOfQuantiles(used, call.args[0]!.from, context);
  }
  if (call.name !== 'rate' && call.name !== 'increase') return;
  const name = valueOfLabel(result.labels, METRIC_NAME);
  if (name === '' || COUNTER_SUFFIX.test(name) || isEmptySeries(result) || !holdsFloats(result)) return;
  const message = `metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${JSON.stringify(name)}`;
  context.annotations.inform(message, call.args[0]!.from);
}

function holdsFloats({ present, histograms }: StepSeries): boolean {
  return histograms === undefined || present.some((flag, step) => flag === 1 && histograms[step] === undefined);
}
