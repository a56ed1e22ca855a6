import type { EvaluationContext } from '../evaluation/evaluation-context';
import { mapSeries } from '../evaluation/map-series';
import type { BinaryOperation } from '../syntax/ast';
import { keyOfLabels } from '../values/labels';
import { uniteSeries } from '../values/unite-series';
import { isEmptySeries, type StepSeries, type VectorValue } from '../values/value';
import { groupByMatch, matchLabels, presenceOf } from './match-key';

/** `and` and `unless`, decided step by step; for `or` see `UnionOfVectors`. */
export async function combineSets(
  expression: BinaryOperation,
  left: VectorValue,
  right: VectorValue,
  steps: number,
  context: EvaluationContext,
): Promise<VectorValue> {
  const { pace } = context;
  const labelsOf = matchLabels(expression.matching);
  const presence = new Map<string, Uint8Array>();
  for (const [key, series] of await groupByMatch(right.series, labelsOf, pace)) {
    presence.set(key, await presenceOf(series, steps, pace));
  }
  const wanted = expression.operator === 'and' ? 1 : 0;
  const filtered = await mapSeries(left.series, context, (series) => {
    const other = presence.get(keyOfLabels(labelsOf(series.labels)));
    return keepWhere(series, (step) => (other?.[step] ?? 0) === wanted);
  });
  return {
    type: 'vector',
    series: await uniteSeries(
      filtered.filter((one) => !isEmptySeries(one)),
      pace,
    ),
  };
}

/** The series at those of its steps that are to be kept. */
export function keepWhere(series: StepSeries, keep: (step: number) => boolean): StepSeries {
  return { ...series, present: series.present.map((flag, step) => (flag === 1 && keep(step) ? 1 : 0)) };
}
