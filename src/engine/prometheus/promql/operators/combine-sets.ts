import type { Pace } from '../evaluation/pace';
import type { BinaryOperation } from '../syntax/ast';
import { keyOfLabels } from '../values/labels';
import { uniteSeries } from '../values/unite-series';
import { isEmptySeries, type StepSeries, type VectorValue } from '../values/value';
import { groupByMatch, matchLabels, presenceOf } from './match-key';

/** `and`, `or` and `unless`, decided step by step. */
export async function combineSets(
  expression: BinaryOperation,
  left: VectorValue,
  right: VectorValue,
  steps: number,
  pace: Pace,
): Promise<VectorValue> {
  const labelsOf = matchLabels(expression.matching);
  const isOr = expression.operator === 'or';
  const deciding = groupByMatch((isOr ? left : right).series, labelsOf);
  const presence = new Map([...deciding].map(([key, series]) => [key, presenceOf(series, steps)]));
  // Only `and` keeps what the other side has; `unless` and the right of `or` keep what it lacks.
  const wanted = expression.operator === 'and' ? 1 : 0;
  const filtered = await pace.map((isOr ? right : left).series, (series) => {
    const other = presence.get(keyOfLabels(labelsOf(series.labels)));
    return keepWhere(series, (step) => (other?.[step] ?? 0) === wanted);
  });
  const series = isOr ? [...left.series, ...filtered] : filtered;
  return { type: 'vector', series: uniteSeries(series.filter((one) => !isEmptySeries(one))) };
}

function keepWhere(series: StepSeries, keep: (step: number) => boolean): StepSeries {
  return { ...series, present: series.present.map((flag, step) => (flag === 1 && keep(step) ? 1 : 0)) };
}
