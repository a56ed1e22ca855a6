import type { NativeHistogram } from './native-histogram';

/** The parts of a histogram that are no buckets, counted as samples of a float and its time. */
const FIXED_WEIGHT = 12;

/** How many float samples take as much memory. */
export function weightOfHistogram({ positive, negative }: Pick<NativeHistogram, 'positive' | 'negative'>): number {
  return weightOfBuckets(positive.indexes.length + negative.indexes.length);
}

export function weightOfBuckets(buckets: number): number {
  return FIXED_WEIGHT + buckets;
}
