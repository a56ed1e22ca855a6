import type { NativeHistogram, Series } from '../../../../shared/contract/telemetry';
import { promNumber } from './prom-number';

const QUANTILES = [0.5, 0.95, 0.99];

/** A chart draws numbers: a series of histograms becomes one line a quantile, told apart by the label `quantile`. */
export function drawQuantiles(series: readonly Series[]): Series[] {
  return series.flatMap(({ labels, values, histograms }) => {
    const lines: Series[] = values.length > 0 || !histograms ? [{ labels, values }] : [];
    for (const quantile of histograms ? QUANTILES : []) {
      lines.push({
        labels: { ...labels, quantile: String(quantile) },
        values: histograms!.map(([time, histogram]) => [time, String(quantileOf(quantile, histogram))]),
      });
    }
    return lines;
  });
}

/** The φ-quantile as Prometheus estimates it: exponentially within a bucket, linearly in the one around zero. */
export function quantileOf(phi: number, { count, buckets = [] }: NativeHistogram): number {
  const total = Number(count);
  if (!(total > 0)) return Number.NaN;
  const signs = { negative: false, positive: false };
  const bounded = buckets.map(([, lower, upper, held]) => {
    const bucket = { lower: promNumber(lower), upper: promNumber(upper), held: Number(held) };
    signs.negative ||= bucket.upper < 0;
    signs.positive ||= bucket.lower > 0;
    return bucket;
  });
  let rank = phi * total;
  for (const { lower, upper, held } of bounded) {
    if (held < rank) {
      rank -= held;
      continue;
    }
    return interpolate(lower, upper, rank / held, signs);
  }
  return bounded.at(-1)?.upper ?? Number.NaN;
}

function interpolate(
  lower: number,
  upper: number,
  share: number,
  signs: { negative: boolean; positive: boolean },
): number {
  if (lower > 0) return lower * (upper / lower) ** share;
  if (upper < 0) return upper * (lower / upper) ** (1 - share);
  // With buckets of one sign only, those around zero have it as well.
  const from = signs.positive && !signs.negative ? 0 : lower;
  const to = signs.negative && !signs.positive ? 0 : upper;
  return from + (to - from) * share;
}
