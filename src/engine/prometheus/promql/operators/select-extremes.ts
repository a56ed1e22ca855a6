import type { Pace } from '../evaluation/pace';
import { formatSample } from '../format-sample';
import { failExecution } from '../promql-error';
import { isEmptySeries, type StepSeries, type VectorValue } from '../values/value';
import type { Group } from './group-series';

const INT64_LIMIT = 2 ** 63;

/** `topk` and `bottomk`: the k series of each group with the greatest or least values at each step; NaN comes last. */
export async function selectExtremes(
  operator: string,
  groups: readonly Group[],
  parameter: Float64Array,
  steps: number,
  pace: Pace,
): Promise<VectorValue> {
  const limits = parameter.map(readLimit);
  const sign = operator === 'topk' ? -1 : 1;
  const series: StepSeries[] = [];
  for (const { members } of groups) {
    const kept = members.map((member) => ({ ...member, present: new Uint8Array(steps) }));
    let order: number[] = [];
    for (let step = 0; step < steps; step++) {
      order = orderAt(members, step, sign, limits[step]!);
      for (const index of order) kept[index]!.present[step] = 1;
      if (pace.isDue) await pace.pause();
    }
    // An instant query lists them in the order of their values.
    series.push(...(steps === 1 ? order.map((index) => kept[index]!) : kept.filter((one) => !isEmptySeries(one))));
  }
  return { type: 'vector', series };
}

/** Whole and not negative. */
function readLimit(limit: number): number {
  if (Number.isNaN(limit)) failExecution('Parameter value is NaN');
  if (Math.abs(limit) >= INT64_LIMIT) failExecution(`Scalar value ${formatSample(limit)} overflows int64`);
  return Math.max(0, Math.trunc(limit));
}

/** The indices of the first `limit` members present at the step, in order: least first, or greatest first for a negative sign. */
function orderAt(members: readonly StepSeries[], step: number, sign: number, limit: number): number[] {
  const order: number[] = [];
  const ranks: number[] = [];
  for (const [index, { values, present }] of members.entries()) {
    if (present[step] === 0 || limit === 0) continue;
    const rank = values[step]! * sign;
    if (order.length === limit && !comesBefore(rank, ranks.at(-1)!)) continue;
    let at = order.length;
    while (at > 0 && comesBefore(rank, ranks[at - 1]!)) at--;
    order.splice(at, 0, index);
    ranks.splice(at, 0, rank);
    if (order.length > limit) {
      order.pop();
      ranks.pop();
    }
  }
  return order;
}

function comesBefore(rank: number, other: number): boolean {
  return rank < other || (Number.isNaN(other) && !Number.isNaN(rank));
}
