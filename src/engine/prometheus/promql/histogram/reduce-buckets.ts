import type { Buckets } from './native-histogram';

/** The buckets at a schema `steps` coarser; each step joins two neighbours. */
export function reduceBuckets(buckets: Buckets, steps: number): Buckets {
  if (steps === 0 || buckets.indexes.length === 0) return buckets;
  const indexes: number[] = [];
  const counts: number[] = [];
  for (const [i, index] of buckets.indexes.entries()) {
    const target = coarserIndex(index, steps);
    if (indexes.at(-1) === target) counts[counts.length - 1]! += buckets.counts[i]!;
    else {
      indexes.push(target);
      counts.push(buckets.counts[i]!);
    }
  }
  return { indexes, counts };
}

/** Bucket i ends at base^i, so that the joined ones are those that end within the same coarser bucket. */
export function coarserIndex(index: number, steps: number): number {
  return Math.floor((index - 1) / 2 ** steps) + 1;
}
