import { KahanSum } from '../../../samples/kahan-sum';
import { boundOfBucket } from './bound-of-bucket';
import { countInZeroBucket } from './count-in-zero-bucket';
import type { Buckets, CounterReset, NativeHistogram } from './native-histogram';
import { coarserIndex } from './reduce-buckets';

type Sums = Map<number, KahanSum>;

/**
 * Adds histograms up, or subtracts them by a factor of −1. The result has the coarsest of their schemas and a zero bucket
 * that holds all of theirs.
 */
export class HistogramSum {
  #schema: number;
  #zeroThreshold: number;
  readonly #zeroCount = new KahanSum();
  readonly #count = new KahanSum();
  readonly #sum = new KahanSum();
  readonly #positive: Sums = new Map();
  readonly #negative: Sums = new Map();
  #counterReset: CounterReset;

  constructor(first: NativeHistogram, factor = 1) {
    this.#schema = first.schema;
    this.#zeroThreshold = first.zeroThreshold;
    this.#counterReset = first.counterReset;
    // What one histogram has below its own threshold is not counted in its zero bucket.
    this.#addAligned(first, first.zeroCount, factor, Number.NEGATIVE_INFINITY);
  }

  add(other: NativeHistogram, factor = 1): void {
    const zeroCount = this.#alignZeroBucket(other);
    if (other.schema < this.#schema) {
      coarsen(this.#positive, this.#schema - other.schema);
      coarsen(this.#negative, this.#schema - other.schema);
      this.#schema = other.schema;
    }
    this.#counterReset = joinResets(this.#counterReset, other.counterReset);
    this.#addAligned(other, zeroCount, factor, this.#zeroThreshold);
  }

  /** Everything divided by `divisor`. */
  result(counterReset: CounterReset = this.#counterReset, divisor = 1): NativeHistogram {
    return {
      schema: this.#schema,
      zeroThreshold: this.#zeroThreshold,
      zeroCount: this.#zeroCount.total / divisor,
      count: this.#count.total / divisor,
      sum: this.#sum.total / divisor,
      positive: toBuckets(this.#positive, divisor),
      negative: toBuckets(this.#negative, divisor),
      counterReset,
    };
  }

  #addAligned(other: NativeHistogram, zeroCount: number, factor: number, above: number): void {
    this.#zeroCount.add(zeroCount * factor);
    this.#count.add(other.count * factor);
    this.#sum.add(other.sum * factor);
    this.#addBuckets(this.#positive, other.positive, other.schema, factor, above);
    this.#addBuckets(this.#negative, other.negative, other.schema, factor, above);
  }

  #addBuckets(sums: Sums, { indexes, counts }: Buckets, schema: number, factor: number, above: number): void {
    for (const [i, index] of indexes.entries()) {
      if (boundOfBucket(index, schema) <= above) continue;
      const target = coarserIndex(index, schema - this.#schema);
      let sum = sums.get(target);
      if (sum === undefined) {
        sum = new KahanSum();
        sums.set(target, sum);
      }
      sum.add(counts[i]! * factor);
    }
  }

  /** Widens this zero bucket to hold the other's, and returns what the other has within it. */
  #alignZeroBucket(other: NativeHistogram): number {
    let wanted = { count: other.zeroCount, threshold: other.zeroThreshold };
    while (wanted.threshold !== this.#zeroThreshold) {
      if (this.#zeroThreshold > wanted.threshold) wanted = countInZeroBucket(other, this.#zeroThreshold);
      if (wanted.threshold > this.#zeroThreshold) this.#widenZeroBucket(wanted.threshold);
    }
    return wanted.count;
  }

  #widenZeroBucket(threshold: number): void {
    const widened = countInZeroBucket(this.result(), threshold);
    this.#zeroThreshold = widened.threshold;
    for (const sums of [this.#positive, this.#negative]) {
      for (const [index, { total }] of sums) {
        if (boundOfBucket(index, this.#schema) > widened.threshold) continue;
        this.#zeroCount.add(total);
        sums.delete(index);
      }
    }
  }
}

/** A gauge stays one; what only one of both says of resets is not known of the sum. */
function joinResets(left: CounterReset, right: CounterReset): CounterReset {
  if (left === right) return left;
  return left === 'gauge' || right === 'gauge' ? 'gauge' : 'unknown';
}

function coarsen(sums: Sums, steps: number): void {
  const finer = [...sums];
  sums.clear();
  for (const [index, sum] of finer) {
    const target = coarserIndex(index, steps);
    const joined = sums.get(target);
    if (joined) joined.add(sum.total);
    else sums.set(target, sum);
  }
}

function toBuckets(sums: Sums, divisor: number): Buckets {
  const filled = [...sums].filter(([, { total }]) => total !== 0).sort(([left], [right]) => left - right);
  return { indexes: filled.map(([index]) => index), counts: filled.map(([, { total }]) => total / divisor) };
}
