import type { Buckets, NativeHistogram } from './native-histogram';

/** Whether two histograms hold the same; what they tell of resets is not compared, and NaN equals NaN. */
export function equalHistograms(left: NativeHistogram, right: NativeHistogram): boolean {
  return (
    left.schema === right.schema &&
    Object.is(left.count, right.count) &&
    Object.is(left.sum, right.sum) &&
    left.zeroThreshold === right.zeroThreshold &&
    Object.is(left.zeroCount, right.zeroCount) &&
    equalBuckets(left.positive, right.positive) &&
    equalBuckets(left.negative, right.negative)
  );
}

function equalBuckets(left: Buckets, right: Buckets): boolean {
  return (
    left.indexes.length === right.indexes.length &&
    left.indexes.every((index, i) => index === right.indexes[i]) &&
    left.counts.every((count, i) => Object.is(count, right.counts[i]))
  );
}
