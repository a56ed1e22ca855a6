import type { EvaluationContext } from '../evaluation/evaluation-context';
import { formatDecimal } from '../format-sample';

/** Warns of quantiles outside [0, 1], which give infinities. `position` is where the query says the quantile. */
export function warnOfQuantiles(quantiles: Float64Array, position: number, context: EvaluationContext): void {
  for (const quantile of new Set(quantiles)) {
    if (quantile >= 0 && quantile <= 1) continue;
    const message = `quantile value should be between 0 and 1, got ${formatDecimal(quantile)}`;
    context.annotations.warn(message, position);
  }
}
