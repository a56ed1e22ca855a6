import type { MetricSeries, StepGrid } from '../metrics/metric-series';
import { formatSample, seconds } from './write-metrics';

const millisecondNs = 1_000_000n;

/**
 * Volumes as Loki answers them: each stands at the end of its step, a millisecond before the next begins, the last at the end
 * of the range. A vector where no series has more than one.
 */
export function writeVolumes(
  series: readonly MetricSeries[],
  { startNs, stepNs, count }: StepGrid,
  endNs: bigint,
): { resultType: 'matrix' | 'vector'; result: object[] } {
  const timeOf = (step: number) =>
    seconds(step === count - 1 ? endNs : startNs + stepNs * BigInt(step + 1) - millisecondNs);
  const written = series.map(({ labels, values, present }) => ({
    metric: Object.fromEntries(labels),
    values: [...values.keys()].flatMap((step) =>
      present[step] ? [[timeOf(step), formatSample(values[step]!)] as const] : [],
    ),
  }));
  if (written.some(({ values }) => values.length > 1)) return { resultType: 'matrix', result: written };
  return { resultType: 'vector', result: written.map(({ metric, values: [value] }) => ({ metric, value })) };
}
