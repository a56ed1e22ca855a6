/** Where versions of Prometheus answer differently. */
export interface SemanticRules {
  /** Whether a sample exactly at the start of a range or of the lookback window belongs to it. */
  readonly leftBoundary: 'open' | 'closed';
  /** Whether a counter's extrapolation is cut at its zero point before or after it is compared with the sample distance. */
  readonly counterZeroPoint: 'after-threshold' | 'before-threshold';
}

export const PROMETHEUS_3_RULES: SemanticRules = { leftBoundary: 'open', counterZeroPoint: 'after-threshold' };
export const PROMETHEUS_2_42_RULES: SemanticRules = { leftBoundary: 'closed', counterZeroPoint: 'before-threshold' };
