import { boundOfBucket } from './bound-of-bucket';
import { countInZeroBucket } from './count-in-zero-bucket';
import type { Buckets, NativeHistogram } from './native-histogram';
import { reduceBuckets } from './reduce-buckets';

/** Whether the counter began anew between two histograms: any count fell, or the later one has finer buckets. */
export function detectReset(current: NativeHistogram, previous: NativeHistogram): boolean {
  if (current.counterReset === 'reset') return true;
  if (current.counterReset === 'not-reset') return false;
  if (current.count < previous.count) return true;
  if (current.schema > previous.schema || current.zeroThreshold < previous.zeroThreshold) return true;
  const zero = countInZeroBucket(previous, current.zeroThreshold);
  // A zero bucket that would have to cut a populated bucket cannot have come of the previous one.
  if (zero.threshold !== current.zeroThreshold || current.zeroCount < zero.count) return true;
  return (
    lostCounts(current, current.positive, previous, previous.positive) ||
    lostCounts(current, current.negative, previous, previous.negative)
  );
}

function lostCounts(current: NativeHistogram, now: Buckets, previous: NativeHistogram, before: Buckets): boolean {
  const { indexes, counts } = reduceBuckets(before, previous.schema - current.schema);
  let at = 0;
  for (const [i, index] of indexes.entries()) {
    if (boundOfBucket(index, current.schema) <= current.zeroThreshold) continue;
    while (at < now.indexes.length && now.indexes[at]! < index) at++;
    const count = now.indexes[at] === index ? now.counts[at]! : 0;
    if (count < counts[i]!) return true;
  }
  return false;
}
