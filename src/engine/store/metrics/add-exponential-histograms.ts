import type { ExponentialHistogramPoint } from '../metric-sink';

interface Buckets {
  readonly offset: number;
  readonly counts: readonly bigint[];
}

/** The sum of two histograms of one series, on the coarser of their scales; series and time are the second's. */
export function addExponentialHistograms(
  a: ExponentialHistogramPoint,
  b: ExponentialHistogramPoint,
): ExponentialHistogramPoint {
  const scale = Math.min(a.scale, b.scale);
  const positive = addBuckets(
    coarsen({ offset: a.positiveOffset, counts: a.positiveCounts }, a.scale - scale),
    coarsen({ offset: b.positiveOffset, counts: b.positiveCounts }, b.scale - scale),
  );
  const negative = addBuckets(
    coarsen({ offset: a.negativeOffset, counts: a.negativeCounts }, a.scale - scale),
    coarsen({ offset: b.negativeOffset, counts: b.negativeCounts }, b.scale - scale),
  );
  return {
    series: b.series,
    timeMs: b.timeMs,
    count: a.count + b.count,
    sum: a.sum + b.sum,
    scale,
    zeroCount: a.zeroCount + b.zeroCount,
    zeroThreshold: Math.max(a.zeroThreshold, b.zeroThreshold),
    positiveOffset: positive.offset,
    positiveCounts: positive.counts,
    negativeOffset: negative.offset,
    negativeCounts: negative.counts,
  };
}

/** Each step of the scale joins two neighbours, so that bucket i becomes i >> steps. */
function coarsen(buckets: Buckets, steps: number): Buckets {
  if (steps === 0 || buckets.counts.length === 0) return buckets;
  const indexOf = (position: number) => Math.floor((buckets.offset + position) / 2 ** steps);
  const offset = indexOf(0);
  const counts = new Array<bigint>(indexOf(buckets.counts.length - 1) - offset + 1).fill(0n);
  for (const [position, count] of buckets.counts.entries()) counts[indexOf(position) - offset]! += count;
  return { offset, counts };
}

function addBuckets(a: Buckets, b: Buckets): Buckets {
  if (a.counts.length === 0) return b;
  if (b.counts.length === 0) return a;
  const offset = Math.min(a.offset, b.offset);
  const end = Math.max(a.offset + a.counts.length, b.offset + b.counts.length);
  const counts = new Array<bigint>(end - offset).fill(0n);
  for (const { offset: from, counts: own } of [a, b]) {
    for (const [position, count] of own.entries()) counts[from - offset + position]! += count;
  }
  return { offset, counts };
}
