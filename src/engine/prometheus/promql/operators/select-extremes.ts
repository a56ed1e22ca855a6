import { failExecution } from '../promql-error';
import { isEmptySeries, type StepSeries, type VectorValue } from '../values/value';
import type { Group } from './group-series';

const INT64_LIMIT = 2 ** 63;

/** `topk` and `bottomk`: the k series of each group with the greatest or least values at each step; NaN comes last. */
export function selectExtremes(
  operator: string,
  groups: readonly Group[],
  limits: Float64Array,
  steps: number,
): VectorValue {
  const sign = operator === 'topk' ? -1 : 1;
  const series = groups.flatMap(({ members }) => {
    const kept = members.map((member) => ({ ...member, present: new Uint8Array(steps) }));
    let order: number[] = [];
    for (let step = 0; step < steps; step++) {
      order = orderAt(members, step, sign).slice(0, limitAt(limits, step));
      for (const index of order) kept[index]!.present[step] = 1;
    }
    // An instant query lists them in the order of their values.
    return steps === 1 ? order.map((index) => kept[index]!) : kept.filter((one) => !isEmptySeries(one));
  });
  return { type: 'vector', series };
}

function limitAt(limits: Float64Array, step: number): number {
  const limit = limits[step]!;
  if (Number.isNaN(limit) || Math.abs(limit) >= INT64_LIMIT) failExecution(`Scalar value ${limit} overflows int64`);
  return Math.max(0, Math.trunc(limit));
}

function orderAt(members: readonly StepSeries[], step: number, sign: number): number[] {
  const present: number[] = [];
  for (const [index, member] of members.entries()) if (member.present[step] === 1) present.push(index);
  return present.sort((leftIndex, rightIndex) => {
    const left = members[leftIndex]!.values[step]!;
    const right = members[rightIndex]!.values[step]!;
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    return left === right ? 0 : sign * (left < right ? -1 : 1);
  });
}
