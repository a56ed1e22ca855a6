/** What a query took. Samples are counted as Prometheus does: a sample that several steps look at counts at each. */
export interface EvaluationStats {
  readonly preparationMs: number;
  readonly evaluationMs: number;
  readonly queryableSamples: number;
  /** Read from the store, each once. */
  readonly readSamples: number;
  /** Held at the same time. */
  readonly peakSamples: number;
}
