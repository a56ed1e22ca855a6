import type { EvaluationContext } from '../evaluation/evaluation-context';
import type { FunctionCall } from '../syntax/ast';
import { BUCKET_BOUND, dropLabels, keyOfLabels, METRIC_NAME, valueOfLabel } from '../values/labels';
import { createStepSeries, isEmptySeries, type StepSeries, type VectorValue } from '../values/value';
import { type Bucket, bucketQuantile } from './bucket-quantile';
import { warnOfQuantiles } from './warn-of-quantiles';

interface Histogram {
  readonly name: string;
  readonly result: StepSeries;
  readonly buckets: { readonly upperBound: number; readonly series: StepSeries }[];
}

const IGNORED = new Set([METRIC_NAME, BUCKET_BOUND]);
const MONOTONICITY =
  'input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)';

/** `histogram_quantile` over classic histograms: series that differ in `le` only are the buckets of one. */
export async function histogramQuantile(
  call: FunctionCall,
  quantiles: Float64Array,
  vector: VectorValue,
  context: EvaluationContext,
): Promise<VectorValue> {
  warnOfQuantiles(quantiles, call.args[0]!.from, context);
  const histograms = gatherHistograms(vector, call, quantiles.length, context);
  const results = await context.pace.map(histograms, (histogram) => {
    if (evaluateHistogram(histogram, quantiles)) {
      context.annotations.inform(`${MONOTONICITY}${ofMetric(histogram.name)}`, call.args[1]!.from);
    }
    return histogram.result;
  });
  return { type: 'vector', series: results.filter((one) => !isEmptySeries(one)) };
}

/** Fills in the result; true where buckets had to be forced to increase. */
function evaluateHistogram({ buckets, result }: Histogram, quantiles: Float64Array): boolean {
  let forced = false;
  for (const [step, quantile] of quantiles.entries()) {
    const present: Bucket[] = [];
    for (const { upperBound, series } of buckets) {
      if (series.present[step] === 1) present.push({ upperBound, count: series.values[step]! });
    }
    if (present.length === 0) continue;
    const found = bucketQuantile(quantile, present);
    forced ||= found.forced;
    result.values[step] = found.quantile;
    result.present[step] = 1;
  }
  return forced;
}

function gatherHistograms(
  vector: VectorValue,
  call: FunctionCall,
  steps: number,
  context: EvaluationContext,
): Histogram[] {
  const histograms = new Map<string, Histogram>();
  for (const series of vector.series) {
    const bound = valueOfLabel(series.labels, BUCKET_BOUND);
    const upperBound = parseBound(bound);
    const name = valueOfLabel(series.labels, METRIC_NAME);
    if (upperBound === undefined) {
      const message = `bucket label "le" is missing or has a malformed value of "${bound}"${ofMetric(name)}`;
      context.annotations.warn(message, call.args[1]!.from);
      continue;
    }
    const labels = dropLabels(series.labels, IGNORED);
    const key = keyOfLabels(labels);
    const histogram = histograms.get(key) ?? { name, result: createStepSeries(labels, steps), buckets: [] };
    histogram.buckets.push({ upperBound, series });
    histograms.set(key, histogram);
  }
  return [...histograms.values()];
}

function ofMetric(name: string): string {
  return name === '' ? '' : ` for metric name "${name}"`;
}

function parseBound(text: string): number | undefined {
  const infinity = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinity) return infinity[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(number) ? undefined : number;
}
