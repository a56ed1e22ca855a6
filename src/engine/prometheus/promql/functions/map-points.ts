import type { EvaluationContext } from '../evaluation/evaluation-context';
import { mapSeries } from '../evaluation/map-series';
import { floatsOf } from '../values/floats-of';
import { dropMetadata } from '../values/labels';
import { uniteSeries } from '../values/unite-series';
import { createStepSeries, isEmptySeries, type StepSeries, type VectorValue } from '../values/value';
import type { PointFunction } from './pointwise-functions';

/** Applies the function to every sample; names are dropped, and series that became alike are joined. */
export async function mapPoints(
  vector: VectorValue,
  compute: PointFunction,
  args: readonly Float64Array[],
  context: EvaluationContext,
): Promise<VectorValue> {
  const results = await mapSeries(vector.series, context, (series) => mapFloats(floatsOf(series), compute, args));
  return {
    type: 'vector',
    series: await uniteSeries(
      results.filter((one) => !isEmptySeries(one)),
      context.pace,
    ),
  };
}

function mapFloats(
  { labels, values, present }: StepSeries,
  compute: PointFunction,
  args: readonly Float64Array[],
): StepSeries {
  const result = createStepSeries(dropMetadata(labels), values.length);
  for (let step = 0; step < values.length; step++) {
    if (present[step] === 0) continue;
    const value = compute(values[step]!, args, step);
    if (value === undefined) continue;
    result.values[step] = value;
    result.present[step] = 1;
  }
  return result;
}
