import { type Expression, type MatrixSelector, unwrapParentheses } from '../syntax/ast';
import type { Matcher, SelectedSeries } from '../terms/sample-source';
import type { StepGrid } from '../values/step-grid';
import { evaluateSubquery } from './evaluate-subquery';
import { type Evaluate, type EvaluationContext, resolveAt } from './evaluation-context';
import { withoutStaleMarkers } from './without-stale-markers';

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

export async function readRangeInput(
  expression: Expression,
  grid: StepGrid,
  context: EvaluationContext,
  evaluate: Evaluate,
): Promise<RangeInput> {
  const range = unwrapParentheses(expression);
  if (range.kind === 'matrix-selector') return await readMatrixSelector(range, context);
  if (range.kind !== 'subquery') throw new Error(`a ${range.kind} passed the type check as a range vector`);
  const { rangeMs, offsetMs } = range;
  const series = await evaluateSubquery(range, grid, context, evaluate);
  return { series, rangeMs, offsetMs, atMs: resolveAt(range.at, context), matchers: [] };
}

/** Of the samples that a selector found: a subquery asks once a part of its steps. */
const cleaned = new WeakMap<readonly SelectedSeries[], readonly SelectedSeries[]>();

async function readMatrixSelector(
  { selector, rangeMs }: MatrixSelector,
  context: EvaluationContext,
): Promise<RangeInput> {
  const found = context.samples.get(selector)!;
  const series = cleaned.get(found) ?? (await cleanAll(found, context));
  cleaned.set(found, series);
  const { offsetMs, matchers } = selector;
  return { series, rangeMs, offsetMs, atMs: resolveAt(selector.at, context), matchers };
}

async function cleanAll(found: readonly SelectedSeries[], { pace }: EvaluationContext): Promise<SelectedSeries[]> {
  const series: SelectedSeries[] = [];
  for (const one of found) series.push(await withoutStaleMarkers(one, pace));
  return series;
}
