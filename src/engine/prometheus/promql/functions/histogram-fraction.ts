import type { EvaluationContext } from '../evaluation/evaluation-context';
import { fractionOfHistogram } from '../histogram/fraction-of-histogram';
import type { FunctionCall } from '../syntax/ast';
import { uniteSeries } from '../values/unite-series';
import { isEmptySeries, putSample, type StepSeries, type VectorValue } from '../values/value';
import { bucketFraction } from './bucket-fraction';
import { type GatheredHistogram, gatherHistograms, histogramAt, workAt } from './gather-histograms';

const IGNORES_NAN = 'input to histogram_fraction has NaN observations, which are excluded from all fractions';

/** `histogram_fraction`: the share of observations between two values, of native histograms and classic ones. */
export async function histogramFraction(
  call: FunctionCall,
  lower: Float64Array,
  upper: Float64Array,
  vector: VectorValue,
  context: EvaluationContext,
): Promise<VectorValue> {
  const argument = call.args.at(-1)!;
  const histograms = await gatherHistograms(vector, argument, lower.length, context);
  const { pace } = context;
  const evaluate = async (histogram: GatheredHistogram) => {
    for (let step = 0; step < lower.length; step++) {
      if (pace.isDueAfter(workAt(histogram))) await pace.turn();
      const found = histogramAt(histogram, step, argument, context);
      if (found === undefined) continue;
      if (Array.isArray(found)) {
        putSample(histogram.result, step, bucketFraction(lower[step]!, upper[step]!, found));
        continue;
      }
      const { fraction, ignoresNaN } = fractionOfHistogram(lower[step]!, upper[step]!, found);
      if (ignoresNaN) context.annotations.inform(IGNORES_NAN, argument.from);
      putSample(histogram.result, step, fraction);
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
