import { ascending } from '../ascending';
import { normalTail } from './normal-tail';

/** Up to so many values in both samples together, the distribution is counted out; above, it is approximated. */
const mostExact = 40;

const distributions = new Map<string, Float64Array>();

/**
 * The probability that chance alone ranks `greater` at least as high above `lesser` as it is, by the test of Mann and Whitney:
 * one-sided. Counted out over all ways to split the pooled ranks, ties with their middle ranks, for up to 40 values together;
 * above that by the normal distribution, with its corrections for ties and continuity.
 */
export function mannWhitney(greater: ArrayLike<number>, lesser: ArrayLike<number>): number {
  if (greater.length === 0 || lesser.length === 0) return 1;
  const isExact = greater.length + lesser.length <= mostExact;
  const ranks = new Float64Array(isExact ? greater.length + lesser.length : 0);
  const { sum, ties } = rankPooled(ascending(greater), ascending(lesser), ranks);
  if (isExact) return exactTail(ranks, greater.length, sum, ties === 0);
  return approximateTail(sum / 2, greater.length, lesser.length, ties);
}

/**
 * Ranks of two ascending lists together, from 1, doubled so that the middle of a tie is whole: the sum of those of `greater`, and
 * as `ties` the sum of t³ - t. All of them go to `ranks`, ascending, as far as it has room.
 */
function rankPooled(
  greater: Float64Array,
  lesser: Float64Array,
  ranks: Float64Array,
): { readonly sum: number; readonly ties: number } {
  const count = greater.length + lesser.length;
  let sum = 0;
  let ties = 0;
  let ofGreater = 0;
  let ofLesser = 0;
  for (let from = 0; from < count; from = ofGreater + ofLesser) {
    const before = ofGreater;
    const isGreaterNext = ofLesser === lesser.length || greater[ofGreater]! <= lesser[ofLesser]!;
    const value = isGreaterNext ? greater[ofGreater++]! : lesser[ofLesser++]!;
    while (greater[ofGreater] === value) ofGreater++;
    while (lesser[ofLesser] === value) ofLesser++;
    const to = ofGreater + ofLesser;
    const tied = to - from;
    const rank = from + to + 1;
    if (ranks.length > 0) ranks.fill(rank, from, to);
    sum += (ofGreater - before) * rank;
    if (tied > 1) ties += tied ** 3 - tied;
  }
  return { sum, ties };
}

/** Share of the subsets of so many ranks whose sum is at least that large. */
function exactTail(ranks: Float64Array, size: number, sum: number, plain: boolean): number {
  const key = plain ? `${ranks.length} ${size}` : '';
  const known = plain ? distributions.get(key) : undefined;
  const counts = known ?? subsetSums(ranks, size);
  if (plain && !known) distributions.set(key, counts);
  let all = 0;
  let above = 0;
  for (const [at, count] of counts.entries()) {
    all += count;
    if (at >= sum) above += count;
  }
  return above / all;
}

/** By sum: how many subsets of that size have it. */
function subsetSums(ranks: Float64Array, size: number): Float64Array {
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const bySize = Array.from({ length: size + 1 }, () => new Float64Array(total + 1));
  bySize[0]![0] = 1;
  for (const rank of ranks)
    for (let taken = size; taken > 0; taken--) {
      const [with_, without] = [bySize[taken]!, bySize[taken - 1]!];
      for (let sum = total; sum >= rank; sum--) with_[sum]! += without[sum - rank]!;
    }
  return bySize[size]!;
}

function approximateTail(sum: number, greater: number, lesser: number, ties: number): number {
  const all = greater + lesser;
  const u = sum - (greater * (greater + 1)) / 2;
  const variance = ((greater * lesser) / 12) * (all + 1 - ties / (all * (all - 1)));
  if (variance <= 0) return 1;
  return normalTail((u - (greater * lesser) / 2 - 0.5) / Math.sqrt(variance));
}
