import { normalTail } from './normal-tail';

/** Up to so many values in both samples together, the distribution is counted out; above, it is approximated. */
const mostExact = 40;

const distributions = new Map<string, Float64Array>();

/**
 * The probability that chance alone ranks `greater` at least as high above `lesser` as it is, by the test of Mann and Whitney:
 * one-sided. Counted out over all ways to split the pooled ranks, ties with their middle ranks, for up to 40 values together;
 * above that by the normal distribution, with its corrections for ties and continuity.
 */
export function mannWhitney(greater: readonly number[], lesser: readonly number[]): number {
  const pooled = [...greater, ...lesser];
  if (greater.length === 0 || lesser.length === 0) return 1;
  const { ranks, ties } = doubledRanks(pooled);
  const sum = ranks.slice(0, greater.length).reduce((total, rank) => total + rank, 0);
  if (pooled.length <= mostExact) return exactTail(ranks, greater.length, sum, ties === 0);
  return approximateTail(sum / 2, greater.length, lesser.length, ties);
}

/** Ranks from 1, doubled so that the middle of a tie is whole; `ties` is the sum of t³ - t. */
function doubledRanks(values: readonly number[]): { ranks: number[]; ties: number } {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  let ties = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++;
    for (let at = from; at <= to; at++) ranks[order[at]!] = from + to + 2;
    const tied = to - from + 1;
    ties += tied ** 3 - tied;
    from = to + 1;
  }
  return { ranks, ties };
}

/** Share of the subsets of so many ranks whose sum is at least that large. */
function exactTail(ranks: readonly number[], size: number, sum: number, plain: boolean): number {
  const key = plain ? `${ranks.length} ${size}` : '';
  const known = plain ? distributions.get(key) : undefined;
  const counts =
    known ??
    subsetSums(
      ranks.toSorted((a, b) => a - b),
      size,
    );
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
function subsetSums(ranks: readonly number[], size: number): Float64Array {
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
