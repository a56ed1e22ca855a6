import { bitsOf, isStaleMarker } from '../../../samples/is-stale-marker';
import type { VectorSelector } from '../syntax/ast';
import type { SelectedSeries } from '../terms/sample-source';
import type { StepGrid } from '../values/step-grid';
import { createStepSeries, isEmptySeries, putSample, type StepSeries, type VectorValue } from '../values/value';
import { type EvaluationContext, resolveAt } from './evaluation-context';
import { firstAfter } from './first-after';

/** What a selector gives at each step: the newest sample within the lookback window, its `value` or its `time` in seconds. */
export async function evaluateSelector(
  selector: VectorSelector,
  grid: StepGrid,
  context: EvaluationContext,
  give: 'value' | 'time' = 'value',
): Promise<VectorValue> {
  const samples = context.samples.get(selector)!;
  context.budget.hold(samples.length * grid.count);
  const found = await context.pace.map(samples, (one) => lookUp(one, selector, grid, context, give));
  return { type: 'vector', series: found.filter((one) => !isEmptySeries(one)) };
}

function lookUp(
  { labels, times, values, histograms }: SelectedSeries,
  selector: VectorSelector,
  grid: StepGrid,
  context: EvaluationContext,
  give: 'value' | 'time',
): StepSeries {
  const result = createStepSeries(labels, grid.count);
  const at = resolveAt(selector.at, context);
  const closed = context.rules.leftBoundary === 'closed';
  const bits = bitsOf(values);
  // A part of a subquery's steps begins anywhere in the samples.
  let next = firstAfter(times, (at ?? grid.startMs) - selector.offsetMs);
  for (let step = 0; step < grid.count; step++) {
    const time = (at ?? grid.startMs + step * grid.stepMs) - selector.offsetMs;
    while (next < times.length && times[next]! <= time) next++;
    if (next === 0) continue;
    const age = time - times[next - 1]!;
    if (age > context.lookbackMs || (age === context.lookbackMs && !closed) || isStaleMarker(bits, next - 1)) continue;
    context.counts.queryable++;
    putSample(result, step, give === 'value' ? (histograms?.[next - 1] ?? values[next - 1]!) : times[next - 1]! / 1000);
  }
  return result;
}
