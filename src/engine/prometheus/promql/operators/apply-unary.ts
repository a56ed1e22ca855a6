import type { EvaluationContext } from '../evaluation/evaluation-context';
import { mapSeries } from '../evaluation/map-series';
import { multiplyHistogram } from '../histogram/scale-histogram';
import type { UnaryOperation } from '../syntax/ast';
import { dropMetadata } from '../values/labels';
import { uniteSeries } from '../values/unite-series';
import type { Value } from '../values/value';

/** A sign before a vector drops the metrics' names when it is a minus. */
export async function applyUnary(
  { operator }: UnaryOperation,
  operand: Value,
  context: EvaluationContext,
): Promise<Value> {
  if (operator === '+' || operand.type === 'string') return operand;
  if (operand.type === 'scalar') return { type: 'scalar', values: operand.values.map((value) => -value) };
  const negated = await mapSeries(operand.series, context, ({ labels, values, present, histograms }) => ({
    labels: dropMetadata(labels),
    values: values.map((value) => -value),
    present,
    ...(histograms && { histograms: histograms.map((histogram) => histogram && multiplyHistogram(histogram, -1)) }),
  }));
  return { type: 'vector', series: await uniteSeries(negated, context.pace) };
}
