import type { Pace } from '../../../pace/pace';
import type { Subquery } from '../syntax/ast';
import type { SelectedSeries } from '../terms/sample-source';
import { keyOfLabels } from '../values/labels';
import { createStepGrid, lastTimeOf, type StepGrid } from '../values/step-grid';
import type { VectorValue } from '../values/value';
import { type Evaluate, type EvaluationContext, resolveAt } from './evaluation-context';
import { toSamples } from './to-samples';

/**
 * Steps of which the inner expression is evaluated at a time: whatever it does with one series is a loop over so many
 * steps at most, between two of which others get their turn. A range query has fewer in any case.
 */
export const STEPS_AT_ONCE = 32_768;

/** The values of a subquery's inner expression as samples, for all windows that the steps of `grid` look at. */
export async function evaluateSubquery(
  subquery: Subquery,
  grid: StepGrid,
  context: EvaluationContext,
  evaluate: Evaluate,
): Promise<SelectedSeries[]> {
  const steps = stepsOf(subquery, grid, context);
  // Before the first step is computed: a long range over a short step is many of them.
  context.budget.hold(steps.count);
  if (steps.count <= STEPS_AT_ONCE) return await evaluatePart(subquery, steps, context, evaluate);
  const inParts = { ...context, sources: new Map() };
  const joined = new Map<string, SelectedSeries[]>();
  let kept = 0;
  for (let from = 0; from < steps.count; from += STEPS_AT_ONCE) {
    const count = Math.min(STEPS_AT_ONCE, steps.count - from);
    const part = { startMs: steps.startMs + from * steps.stepMs, stepMs: steps.stepMs, count };
    for (const series of await evaluatePart(subquery, part, inParts, evaluate)) {
      if (series.times.length === 0) continue;
      context.budget.keep(series.times.length);
      kept += series.times.length;
      const key = keyOfLabels(series.labels);
      const parts = joined.get(key);
      if (parts) parts.push(series);
      else joined.set(key, [series]);
    }
    if (context.pace.isDue()) await context.pace.turn();
  }
  context.budget.drop(kept);
  context.budget.hold(kept);
  const series: SelectedSeries[] = [];
  for (const parts of joined.values()) series.push(await join(parts, context.pace));
  return series;
}

/** Steps are multiples of the step since 1970, so that results do not move with the query's start. */
function stepsOf({ rangeMs, offsetMs, at, stepMs }: Subquery, grid: StepGrid, context: EvaluationContext): StepGrid {
  const atMs = resolveAt(at, context);
  const step = stepMs ?? context.subqueryStepMs;
  const from = (atMs ?? grid.startMs) - offsetMs - rangeMs;
  let startMs = step * Math.trunc(from / step);
  if (startMs < from || (startMs === from && context.rules.leftBoundary === 'open')) startMs += step;
  return createStepGrid(startMs, (atMs ?? lastTimeOf(grid)) - offsetMs, step);
}

async function evaluatePart(
  { inner }: Subquery,
  steps: StepGrid,
  context: EvaluationContext,
  evaluate: Evaluate,
): Promise<SelectedSeries[]> {
  const value = (await evaluate(inner, steps, context)) as VectorValue;
  context.budget.hold(value.series.length * steps.count);
  return await context.pace.map(value.series, (one) => toSamples(one, steps));
}

async function join(parts: readonly SelectedSeries[], pace: Pace): Promise<SelectedSeries> {
  if (parts.length === 1) return parts[0]!;
  const count = parts.reduce((sum, { times }) => sum + times.length, 0);
  const whole = { labels: parts[0]!.labels, times: new Float64Array(count), values: new Float64Array(count) };
  const histograms = parts.some((part) => part.histograms)
    ? new Array<NonNullable<SelectedSeries['histograms']>[number]>(count)
    : undefined;
  let at = 0;
  for (const part of parts) {
    whole.times.set(part.times, at);
    whole.values.set(part.values, at);
    part.histograms?.forEach((histogram, index) => {
      histograms![at + index] = histogram;
    });
    at += part.times.length;
    if (pace.isDue()) await pace.turn();
  }
  return histograms ? { ...whole, histograms } : whole;
}
