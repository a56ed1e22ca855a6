import type { StepGrid } from '../values/step-grid';
import type { VectorValue } from '../values/value';

/** `sort` and `sort_desc`: orders the result of an instant query by value, NaN last; without effect on range queries. */
export function sortVector(vector: VectorValue, descending: boolean, grid: StepGrid): VectorValue {
  if (grid.count !== 1) return vector;
  const sign = descending ? -1 : 1;
  const series = [...vector.series].sort(({ values: [left] }, { values: [right] }) => {
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    return left === right ? 0 : sign * (left! < right! ? -1 : 1);
  });
  return { type: 'vector', series };
}
