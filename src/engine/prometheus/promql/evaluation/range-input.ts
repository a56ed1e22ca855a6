import { bitsOf, isStaleMarker } from '../is-stale-marker';
import type { Matcher, SelectedSeries } from '../sample-source';
import { type Expression, type MatrixSelector, type Subquery, unwrapParentheses } from '../syntax/ast';
import { createStepGrid, lastTimeOf, type StepGrid } from '../values/step-grid';
import type { StepSeries, Value, VectorValue } from '../values/value';
import { type EvaluationContext, resolveAt } from './evaluation-context';
import { filterSamples } from './filter-samples';

/** The argument of a function over ranges: samples without stale markers, and the window that belongs to each step. */
export interface RangeInput {
  readonly series: readonly SelectedSeries[];
  readonly rangeMs: number;
  readonly offsetMs: number;
  /** The fixed time of an @ modifier. */
  readonly atMs?: number;
  /** The selector's matchers; a subquery has none. */
  readonly matchers: readonly Matcher[];
}

export type Evaluate = (expression: Expression, grid: StepGrid, context: EvaluationContext) => Promise<Value>;

export async function readRangeInput(
  expression: Expression,
  grid: StepGrid,
  context: EvaluationContext,
  evaluate: Evaluate,
): Promise<RangeInput> {
  const range = unwrapParentheses(expression);
  if (range.kind === 'matrix-selector') return await readMatrixSelector(range, context);
  if (range.kind === 'subquery') return await readSubquery(range, grid, context, evaluate);
  throw new Error(`a ${range.kind} passed the type check as a range vector`);
}

async function readMatrixSelector(
  { selector, rangeMs }: MatrixSelector,
  context: EvaluationContext,
): Promise<RangeInput> {
  const series = await context.pace.map(context.samples.get(selector)!, withoutStaleMarkers);
  const { offsetMs, matchers } = selector;
  return { series, rangeMs, offsetMs, atMs: resolveAt(selector.at, context), matchers };
}

async function readSubquery(
  subquery: Subquery,
  grid: StepGrid,
  context: EvaluationContext,
  evaluate: Evaluate,
): Promise<RangeInput> {
  const { rangeMs, offsetMs } = subquery;
  const atMs = resolveAt(subquery.at, context);
  const stepMs = subquery.stepMs ?? context.subqueryStepMs;
  const from = (atMs ?? grid.startMs) - offsetMs - rangeMs;
  // Steps are multiples of the step since 1970, so that results do not move with the query's start.
  let startMs = stepMs * Math.trunc(from / stepMs);
  if (startMs < from || (startMs === from && context.rules.leftBoundary === 'open')) startMs += stepMs;
  const inner = createStepGrid(startMs, (atMs ?? lastTimeOf(grid)) - offsetMs, stepMs);
  // Before the first step is computed: a long range over a short step is many of them.
  context.budget.hold(inner.count);
  const value = (await evaluate(subquery.inner, inner, context)) as VectorValue;
  context.budget.hold(value.series.length * inner.count);
  const series = await context.pace.map(value.series, (one) => toSamples(one, inner));
  return { series, rangeMs, offsetMs, atMs, matchers: [] };
}

function withoutStaleMarkers(series: SelectedSeries): SelectedSeries {
  const bits = bitsOf(series.values);
  let stale = 0;
  for (let i = 0; i < series.values.length; i++) if (isStaleMarker(bits, i)) stale++;
  if (stale === 0) return series;
  return filterSamples(series, (index) => !isStaleMarker(bits, index));
}

/** The present steps of a series as samples at the steps' times. */
export function toSamples({ labels, values, present, histograms }: StepSeries, grid: StepGrid): SelectedSeries {
  let count = 0;
  // By index: an iterator takes half a second for the ten million steps that a subquery may have.
  for (let step = 0; step < present.length; step++) count += present[step]!;
  const samples = {
    labels,
    times: new Float64Array(count),
    values: new Float64Array(count),
    ...(histograms && { histograms: Array.from(histograms).filter((_, step) => present[step] === 1) }),
  };
  let next = 0;
  for (let step = 0; step < grid.count; step++) {
    if (present[step] === 0) continue;
    samples.times[next] = grid.startMs + step * grid.stepMs;
    samples.values[next++] = values[step]!;
  }
  return samples;
}
