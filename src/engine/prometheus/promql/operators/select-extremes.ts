import type { Pace } from '../../../pace/pace';
import { sortInTurns } from '../../../pace/sort-in-turns';
import { formatShortest } from '../../../samples/format-sample';
import type { EvaluationContext } from '../evaluation/evaluation-context';
import type { Aggregation } from '../syntax/ast';
import { failExecution } from '../terms/promql-error';
import { floatsOf } from '../values/floats-of';
import { isEmptySeries, type StepSeries, type VectorValue } from '../values/value';
import type { Group } from './group-series';

const INT64_LIMIT = 2 ** 63;
/** Beyond so many, sorting all is quicker than inserting each. */
const INSERTION_LIMIT = 64;
/** One step beside its members, in units of `Pace.isDueAfter`. */
const STEP = 10;

/** `topk` and `bottomk`: the k series of each group with the greatest or least values at each step; NaN comes last. */
export async function selectExtremes(
  aggregation: Aggregation,
  groups: readonly Group[],
  parameter: Float64Array,
  steps: number,
  { pace, annotations }: EvaluationContext,
): Promise<VectorValue> {
  const { operator, from } = aggregation;
  const limits = readLimits(parameter);
  if (limits === undefined) return { type: 'vector', series: [] };
  const sign = operator === 'topk' ? -1 : 1;
  const series: StepSeries[] = [];
  for (const group of groups) {
    const members = await pace.map(group.members, floatsOf);
    if (group.members.some(holdsHistograms)) annotations.inform(`ignored histogram in ${operator} aggregation`, from);
    const kept = await pace.map(members, (member) => ({ ...member, present: new Uint8Array(steps) }));
    let order: number[] = [];
    for (let step = 0; step < steps; step++) {
      order = await orderAt(members, step, sign, Math.min(limits[step]!, members.length), pace);
      for (const index of order) kept[index]!.present[step] = 1;
      if (pace.isDueAfter(STEP + 5 * members.length)) await pace.turn();
    }
    // An instant query lists them in the order of their values.
    series.push(...(steps === 1 ? order.map((index) => kept[index]!) : kept.filter((one) => !isEmptySeries(one))));
  }
  return { type: 'vector', series };
}

/** Whole and not negative; undefined where none selects anything, whatever else is wrong with them. */
function readLimits(parameter: Float64Array): Float64Array | undefined {
  if (parameter.some(Number.isNaN)) failExecution('Parameter value is NaN');
  const greatest = parameter.reduce((most, limit) => Math.max(limit, most), Number.NEGATIVE_INFINITY);
  const least = parameter.reduce((fewest, limit) => Math.min(limit, fewest), Number.POSITIVE_INFINITY);
  if (greatest < 1) return undefined;
  if (least <= -INT64_LIMIT) failExecution(`Scalar value ${formatShortest(least)} underflows int64`);
  if (greatest >= INT64_LIMIT) failExecution(`Scalar value ${formatShortest(greatest)} overflows int64`);
  return parameter.map((limit) => Math.max(0, Math.trunc(limit)));
}

function holdsHistograms({ present, histograms }: StepSeries): boolean {
  return histograms?.some((histogram, step) => histogram !== undefined && present[step] === 1) ?? false;
}

/** The indices of the first `limit` members present at the step, in order: least first, or greatest first for a negative sign. */
async function orderAt(
  members: readonly StepSeries[],
  step: number,
  sign: number,
  limit: number,
  pace: Pace,
): Promise<number[]> {
  if (limit === 0) return [];
  if (limit > INSERTION_LIMIT) return (await sortAt(members, step, sign, pace)).slice(0, limit);
  const order: number[] = [];
  const ranks: number[] = [];
  for (const [index, { values, present }] of members.entries()) {
    if (present[step] === 0) continue;
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

async function sortAt(members: readonly StepSeries[], step: number, sign: number, pace: Pace): Promise<number[]> {
  const present = [...members.keys()].filter((index) => members[index]!.present[step] === 1);
  const rankOf = (index: number) => members[index]!.values[step]! * sign;
  const compare = (left: number, right: number) => {
    if (comesBefore(rankOf(left), rankOf(right))) return -1;
    return comesBefore(rankOf(right), rankOf(left)) ? 1 : 0;
  };
  return await sortInTurns(present, compare, pace);
}

function comesBefore(rank: number, other: number): boolean {
  return rank < other || (Number.isNaN(other) && !Number.isNaN(rank));
}
