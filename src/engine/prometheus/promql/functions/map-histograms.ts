import type { EvaluationContext } from '../evaluation/evaluation-context';
import { mapSeries } from '../evaluation/map-series';
import type { NativeHistogram } from '../histogram/native-histogram';
import { dropMetricName } from '../values/labels';
import { uniteSeries } from '../values/unite-series';
import { createStepSeries, putSample, type VectorValue } from '../values/value';

/** One histogram, in units of `Pace.isDueAfter`. */
const HISTOGRAM = 200;

/** One number from every histogram; names are dropped, but for this Prometheus keeps type and unit. */
export async function mapHistograms(
  vector: VectorValue,
  compute: (histogram: NativeHistogram) => number,
  context: EvaluationContext,
): Promise<VectorValue> {
  const withHistograms = vector.series.filter(({ histograms }) => histograms !== undefined);
  const results = await mapSeries(withHistograms, context, async ({ labels, present, histograms }) => {
    const result = createStepSeries(dropMetricName(labels), present.length);
    for (let step = 0; step < present.length; step++) {
      const histogram = present[step] === 1 ? histograms![step] : undefined;
      if (context.pace.isDueAfter(histogram ? HISTOGRAM : 1)) await context.pace.turn();
      if (histogram) putSample(result, step, compute(histogram));
    }
    return result;
  });
  return { type: 'vector', series: await uniteSeries(results, context.pace) };
}
