import type { Pace } from '../../../pace/pace';
import { sortInTurns } from '../../../pace/sort-in-turns';
import { floatsOf } from '../values/floats-of';
import type { StepGrid } from '../values/step-grid';
import { isEmptySeries, type StepSeries, type VectorValue } from '../values/value';

/** `sort` and `sort_desc`: orders the floats of an instant query by value, NaN last; a range query's stay as they are. */
export async function sortVector(
  vector: VectorValue,
  descending: boolean,
  grid: StepGrid,
  pace: Pace,
): Promise<VectorValue> {
  const floats = vector.series.map(floatsOf).filter((one) => !isEmptySeries(one));
  if (grid.count !== 1) return { type: 'vector', series: floats };
  const sign = descending ? -1 : 1;
  const compare = ({ values: [left] }: StepSeries, { values: [right] }: StepSeries): number => {
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    return left === right ? 0 : sign * (left! < right! ? -1 : 1);
  };
  return { type: 'vector', series: await sortInTurns(floats, compare, pace) };
}
