import type { Pace } from '../../../pace/pace';
import type { AtTime, Expression, FunctionCall, VectorSelector } from '../syntax/ast';
import type { SampleBudget } from '../terms/sample-budget';
import type { SelectedSeries } from '../terms/sample-source';
import type { SemanticRules } from '../terms/semantic-rules';
import type { StepGrid } from '../values/step-grid';
import type { Value } from '../values/value';
import type { Annotations } from './annotations';

export interface EvaluationContext {
  readonly rules: SemanticRules;
  readonly lookbackMs: number;
  readonly subqueryStepMs: number;
  /** First and last step of the whole query: what `@ start()` and `@ end()` mean, in subqueries too. */
  readonly queryStartMs: number;
  readonly queryEndMs: number;
  /** The samples of every selector in the query, series in the order of their labels. */
  readonly samples: ReadonlyMap<VectorSelector, readonly SelectedSeries[]>;
  readonly annotations: Annotations;
  readonly pace: Pace;
  readonly budget: SampleBudget;
  /** Within a subquery that is evaluated in parts: which series became which in the parts so far. */
  readonly sources?: SourcesByCall;
  /** Samples looked at so far, once a step. */
  readonly counts: { queryable: number };
}

export type Evaluate = (expression: Expression, grid: StepGrid, context: EvaluationContext) => Promise<Value>;

/** Of each call over a range, by the key of a result's labels the key of the labels it was made from. */
export type SourcesByCall = Map<FunctionCall, Map<string, string>>;

/** The fixed time of an @ modifier, or undefined where there is none. */
export function resolveAt(
  at: AtTime | undefined,
  query: Pick<EvaluationContext, 'queryStartMs' | 'queryEndMs'>,
): number | undefined {
  if (at === 'start') return query.queryStartMs;
  return at === 'end' ? query.queryEndMs : at;
}
