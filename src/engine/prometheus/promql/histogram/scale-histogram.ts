import { type Buckets, type NativeHistogram, NO_BUCKETS } from './native-histogram';

/** Multiplies every count and the sum. A negative factor makes a gauge of it. */
export function multiplyHistogram(histogram: NativeHistogram, factor: number): NativeHistogram {
  return scale(histogram, factor < 0, (value) => value * factor);
}

/** Divides every count and the sum. After a division by zero no bucket has bounds that mean anything: all are removed. */
export function divideHistogram(histogram: NativeHistogram, divisor: number): NativeHistogram {
  const divided = scale(histogram, divisor < 0, (value) => value / divisor);
  return divisor === 0 ? { ...divided, positive: NO_BUCKETS, negative: NO_BUCKETS } : divided;
}

function scale(histogram: NativeHistogram, negates: boolean, change: (value: number) => number): NativeHistogram {
  return {
    schema: histogram.schema,
    zeroThreshold: histogram.zeroThreshold,
    zeroCount: change(histogram.zeroCount),
    count: change(histogram.count),
    sum: change(histogram.sum),
    positive: scaleBuckets(histogram.positive, change),
    negative: scaleBuckets(histogram.negative, change),
    counterReset: negates ? 'gauge' : histogram.counterReset,
  };
}

function scaleBuckets({ indexes, counts }: Buckets, change: (value: number) => number): Buckets {
  const scaled = counts.map(change);
  if (!scaled.includes(0)) return { indexes, counts: scaled };
  return { indexes: indexes.filter((_, i) => scaled[i] !== 0), counts: scaled.filter((count) => count !== 0) };
}
