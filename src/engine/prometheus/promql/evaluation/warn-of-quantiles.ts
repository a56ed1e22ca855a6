import { formatShortest } from '../../../samples/format-sample';
import type { EvaluationContext } from './evaluation-context';

/** Warns of quantiles outside [0, 1], which give infinities. `position` is where the query says the quantile. */
export function warnOfQuantiles(quantiles: Float64Array, position: number, context: EvaluationContext): void {
  for (const quantile of new Set(quantiles)) {
    if (quantile >= 0 && quantile <= 1) continue;
    const message = `quantile value should be between 0 and 1, got ${formatShortest(quantile)}`;
    context.annotations.warn(message, position);
  }
}

/** The same for an aggregation, which names only a NaN, the greatest and the least of all its steps. */
export function warnOfQuantileExtremes(quantiles: Float64Array, position: number, context: EvaluationContext): void {
  let [least, greatest] = [0, 1];
  let hasNaN = false;
  for (const quantile of quantiles) {
    if (quantile < least) least = quantile;
    if (quantile > greatest) greatest = quantile;
    hasNaN ||= Number.isNaN(quantile);
  }
  const extremes = [...(hasNaN ? [Number.NaN] : []), greatest, least];
  warnOfQuantiles(Float64Array.from(extremes), position, context);
}
