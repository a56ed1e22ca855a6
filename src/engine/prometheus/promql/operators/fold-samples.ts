import type { EvaluationContext } from '../evaluation/evaluation-context';
import { averageHistograms, resetsCollide, sumHistograms } from '../histogram/fold-histograms';
import type { NativeHistogram } from '../histogram/native-histogram';
import type { Aggregation } from '../syntax/ast';
import type { Sample } from '../terms/sample-source';

/** Floats and histograms that a group has at one step. */
export interface GatheredSamples {
  readonly floats: Float64Array;
  readonly floatCount: number;
  readonly histograms: readonly NativeHistogram[];
}

type FoldFloats = (values: Float64Array, count: number, step: number) => number;

/** One sample of those that a group has at a step, of which at least one is a histogram. */
export function foldSamples(
  { operator, operand }: Aggregation,
  { floats, floatCount, histograms }: GatheredSamples,
  step: number,
  foldFloats: FoldFloats,
  { annotations }: EvaluationContext,
): Sample | undefined {
  switch (operator) {
    case 'count':
      return floatCount + histograms.length;
    case 'group':
      return 1;
    case 'sum':
    case 'avg':
      if (floatCount > 0) {
        annotations.warn('encountered a mix of histograms and floats for aggregation', operand.from);
        return undefined;
      }
      if (resetsCollide(histograms)) {
        annotations.warn('conflicting counter resets during histogram aggregation', operand.from);
      }
      return operator === 'sum' ? sumHistograms(histograms) : averageHistograms(histograms);
    default:
      annotations.inform(`ignored histogram in ${operator} aggregation`, operand.from);
      return floatCount === 0 ? undefined : foldFloats(floats, floatCount, step);
  }
}
