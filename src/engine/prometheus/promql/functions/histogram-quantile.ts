import type { EvaluationContext } from '../evaluation/evaluation-context';
import { warnOfQuantiles } from '../evaluation/warn-of-quantiles';
import { quantileOfHistogram } from '../histogram/quantile-of-histogram';
import type { FunctionCall } from '../syntax/ast';
import { uniteSeries } from '../values/unite-series';
import { isEmptySeries, putSample, type StepSeries, type VectorValue } from '../values/value';
import { bucketQuantile } from './bucket-quantile';
import { type GatheredHistogram, gatherHistograms, histogramAt, workAt } from './gather-histograms';

const MONOTONICITY =
  'input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)';
const NAN_NOTES = {
  hides: 'input to histogram_quantile has NaN observations, result is NaN',
  skews: 'input to histogram_quantile has NaN observations, result is skewed higher',
};

/** `histogram_quantile` over native histograms and classic ones. */
export async function histogramQuantile(
  call: FunctionCall,
  quantiles: Float64Array,
  vector: VectorValue,
  context: EvaluationContext,
): Promise<VectorValue> {
  const [parameter, argument] = call.args as [FunctionCall['args'][0], FunctionCall['args'][0]];
  warnOfQuantiles(quantiles, parameter.from, context);
  const histograms = await gatherHistograms(vector, argument, quantiles.length, context);
  const { pace } = context;
  const evaluate = async (histogram: GatheredHistogram) => {
    const inform = (text: string) => context.annotations.inform(text, argument.from);
    for (const [step, phi] of quantiles.entries()) {
      if (pace.isDueAfter(workAt(histogram))) await pace.turn();
      const found = histogramAt(histogram, step, argument, context);
      if (found === undefined) continue;
      if (Array.isArray(found)) {
        const { quantile, forced } = bucketQuantile(phi, found);
        if (forced) inform(MONOTONICITY);
        putSample(histogram.result, step, quantile);
      } else {
        const { quantile, notANumber } = quantileOfHistogram(phi, found);
        if (notANumber) inform(NAN_NOTES[notANumber]);
        putSample(histogram.result, step, quantile);
      }
    }
    return histogram.result;
  };
  const results: StepSeries[] = [];
  for (const histogram of histograms) results.push(await evaluate(histogram));
  return {
    type: 'vector',
    series: await uniteSeries(
      results.filter((one) => !isEmptySeries(one)),
      pace,
    ),
  };
}
