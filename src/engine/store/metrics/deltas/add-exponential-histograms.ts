import { MAX_EXPONENTIAL_BUCKETS } from '../../../otlp/request/rejection';
import type { ExponentialHistogramPoint } from '../series/metric-sink';

interface Buckets {
  readonly offset: number;
  readonly counts: readonly bigint[];
}

/**
 * The sum of two histograms of one series, on the coarser of their scales, or a coarser one where their buckets lie too
 * far apart; series and time are the second's.
 */
export function addExponentialHistograms(
  a: ExponentialHistogramPoint,
  b: ExponentialHistogramPoint,
): ExponentialHistogramPoint {
  let scale = Math.min(a.scale, b.scale);
  let [left, right] = [coarsenHistogram(a, scale), coarsenHistogram(b, scale)];
  while (width(left, right) > MAX_EXPONENTIAL_BUCKETS) {
    scale--;
    [left, right] = [coarsenHistogram(left, scale), coarsenHistogram(right, scale)];
  }
  const positive = addBuckets(positiveOf(left), positiveOf(right));
  const negative = addBuckets(negativeOf(left), negativeOf(right));
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

/** The same histogram on a scale that is not finer. */
export function coarsenHistogram(point: ExponentialHistogramPoint, scale: number): ExponentialHistogramPoint {
  if (point.scale === scale) return point;
  const positive = coarsen(positiveOf(point), point.scale - scale);
  const negative = coarsen(negativeOf(point), point.scale - scale);
  return {
    ...point,
    scale,
    positiveOffset: positive.offset,
    positiveCounts: positive.counts,
    negativeOffset: negative.offset,
    negativeCounts: negative.counts,
  };
}

function positiveOf({ positiveOffset, positiveCounts }: ExponentialHistogramPoint): Buckets {
  return { offset: positiveOffset, counts: positiveCounts };
}

function negativeOf({ negativeOffset, negativeCounts }: ExponentialHistogramPoint): Buckets {
  return { offset: negativeOffset, counts: negativeCounts };
}

/** Buckets that the wider side of the sum would have. */
function width(a: ExponentialHistogramPoint, b: ExponentialHistogramPoint): number {
  return Math.max(joint(positiveOf(a), positiveOf(b)), joint(negativeOf(a), negativeOf(b)));
}

function joint(a: Buckets, b: Buckets): number {
  if (a.counts.length === 0 || b.counts.length === 0) return Math.max(a.counts.length, b.counts.length);
  return Math.max(a.offset + a.counts.length, b.offset + b.counts.length) - Math.min(a.offset, b.offset);
}

/** Each step of the scale joins two neighbours, so that bucket i becomes i >> steps. */
function coarsen(buckets: Buckets, steps: number): Buckets {
  if (steps === 0 || buckets.counts.length === 0) return buckets;
  // An index has 32 bits: after as many steps only its sign is left.
  const divisor = 2 ** Math.min(steps, 32);
  const indexOf = (position: number) => Math.floor((buckets.offset + position) / divisor);
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
