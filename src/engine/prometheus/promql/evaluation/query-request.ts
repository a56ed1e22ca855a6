import { Pace } from '../../../pace/pace';
import type { Expression } from '../syntax/ast';
import { MAX_SAMPLES, SampleBudget } from '../terms/sample-budget';
import type { SampleSource } from '../terms/sample-source';
import { PROMETHEUS_3_RULES, type SemanticRules } from '../terms/semantic-rules';
import { Annotations } from './annotations';
import type { EvaluationContext } from './evaluation-context';
import type { EvaluationStats } from './evaluation-stats';
import { loadSamples } from './load-samples';
import { planSelections } from './plan-selections';

const FIVE_MINUTES_MS = 300_000;
const ONE_MINUTE_MS = 60_000;

/** What range and instant queries have in common. */
export interface QueryRequest {
  readonly ast: Expression;
  readonly source: SampleSource;
  /** How far back an instant selector looks for a sample; 5 minutes. */
  readonly lookbackMs?: number;
  /** The step of subqueries that name none; 1 minute. */
  readonly subqueryStepMs?: number;
  /** Samples held at once; 20 million. */
  readonly maxSamples?: number;
  /** Prometheus 3's. */
  readonly rules?: SemanticRules;
  /** The query's text, for the positions in warnings and infos. */
  readonly query?: string;
  /** A reason named `TimeoutError`, as of `AbortSignal.timeout`, makes it a timeout. */
  readonly signal?: AbortSignal;
}

/** What Prometheus' API answers beside the result. */
export interface QueryNotes {
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
  readonly stats: EvaluationStats;
}

/** Reads the samples of all the query's selectors, and evaluates it in the context made of them. */
export async function runQuery<Result extends object>(
  request: QueryRequest,
  startMs: number,
  endMs: number,
  evaluate: (context: EvaluationContext) => Promise<Result>,
): Promise<Result & QueryNotes> {
  const pace = new Pace(request.signal);
  request.signal?.throwIfAborted();
  const budget = new SampleBudget(request.maxSamples ?? MAX_SAMPLES);
  const query = { queryStartMs: startMs, queryEndMs: endMs, lookbackMs: request.lookbackMs ?? FIVE_MINUTES_MS };
  const begin = performance.now();
  try {
    const selections = await planSelections(request.ast, query, pace);
    const samples = await loadSamples(request.source, selections, { pace, budget });
    const prepared = performance.now();
    const readSamples = budget.held;
    const annotations = new Annotations(request.query ?? '');
    const counts = { queryable: 0 };
    const result = await evaluate({
      ...query,
      rules: request.rules ?? PROMETHEUS_3_RULES,
      subqueryStepMs: request.subqueryStepMs ?? ONE_MINUTE_MS,
      samples,
      annotations,
      pace,
      budget,
      counts,
    });
    const stats: EvaluationStats = {
      preparationMs: prepared - begin,
      evaluationMs: performance.now() - prepared,
      queryableSamples: counts.queryable,
      readSamples,
      peakSamples: budget.peak,
    };
    return { ...result, warnings: annotations.warnings, infos: annotations.infos, stats };
  } finally {
    budget.release();
  }
}
