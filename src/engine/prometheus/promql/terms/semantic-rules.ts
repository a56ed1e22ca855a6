/** Where versions of Prometheus answer differently. */
export interface SemanticRules {
  /** Whether a sample exactly at the start of a range or of the lookback window belongs to it. */
  readonly leftBoundary: 'open' | 'closed';
  /** Whether a counter's extrapolation is cut at its zero point before or after it is compared with the sample distance. */
  readonly counterZeroPoint: 'after-threshold' | 'before-threshold';
  /** Whether two series that match one are an error even where a comparison filters them out. */
  readonly filteredMatches: 'conflict' | 'ignored';
  /** Which names a query may give a label: any text, or letters, digits and underscores only. */
  readonly labelNames: 'utf-8' | 'ascii';
}

export const PROMETHEUS_3_RULES: SemanticRules = {
  leftBoundary: 'open',
  counterZeroPoint: 'after-threshold',
  filteredMatches: 'conflict',
  labelNames: 'utf-8',
};

export const PROMETHEUS_2_42_RULES: SemanticRules = {
  leftBoundary: 'closed',
  counterZeroPoint: 'before-threshold',
  filteredMatches: 'ignored',
  labelNames: 'ascii',
};
