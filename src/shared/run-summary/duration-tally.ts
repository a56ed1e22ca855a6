import type { z } from 'zod';
import type { Durations } from '../runs/run-summary';

/** One span's duration. */
export interface DurationSample {
  /** Unix nanoseconds as digits. */
  readonly startNs: string;
  readonly spanId: string;
  readonly durationNs: number;
}

/** Durations that were counted elsewhere, for instance by SQL. */
export interface CountedDurations {
  readonly count: number;
  readonly totalNs: number;
  readonly maxNs: number;
  /** All, or the 10 with the least `startNs` and the 90 with the least reversed `spanId`. */
  readonly samples: readonly DurationSample[];
  /** Of all, where there are more than samples: how many are in each `durationBucket`. */
  readonly buckets: readonly (readonly [bucket: number, count: number])[];
}

const mostFirst = 10;
const mostOthers = 90;
const step = Math.log(1.02);

/** The bucket of a duration: each is 2 % wide. */
export function durationBucket(durationNs: number): number {
  return Math.floor(Math.log(Math.max(1, durationNs)) / step);
}

/**
 * Durations of any number of spans in little memory: total and longest, quantiles (exact up to 100, else within 2 %), the first
 * 10 and a fair sample of the others. What comes of it does not depend on the order in which they are added.
 */
export class DurationTally {
  #count = 0;
  #total = 0;
  #max = 0;
  #first: DurationSample[] = [];
  #others: DurationSample[] = [];
  #buckets = new Map<number, number>();

  add(sample: DurationSample): void {
    this.#count++;
    this.#total += sample.durationNs;
    this.#max = Math.max(this.#max, sample.durationNs);
    const bucket = durationBucket(sample.durationNs);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
    this.#keep(sample);
  }

  addCounted({ count, totalNs, maxNs, samples, buckets }: CountedDurations): void {
    this.#count += count;
    this.#total += totalNs;
    this.#max = Math.max(this.#max, maxNs);
    const counted =
      buckets.length > 0 ? buckets : samples.map(({ durationNs }) => [durationBucket(durationNs), 1] as const);
    for (const [bucket, number] of counted) this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + number);
    for (const sample of samples) this.#keep(sample);
  }

  /** What another has of other spans. */
  addAll(other: DurationTally): void {
    this.#count += other.#count;
    this.#total += other.#total;
    this.#max = Math.max(this.#max, other.#max);
    for (const [bucket, count] of other.#buckets) this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + count);
    for (const sample of other.#first) this.#keep(sample);
    for (const sample of other.#others) this.#keep(sample);
  }

  finish(): z.infer<typeof Durations> {
    this.#prune();
    const samples = [...this.#first, ...this.#others].sort(byStart).map(({ durationNs }) => durationNs);
    const quantile =
      samples.length === this.#count ? exactQuantile(samples) : (share: number) => this.#quantileOfBuckets(share);
    return { totalNs: this.#total, p50Ns: quantile(0.5), p95Ns: quantile(0.95), maxNs: this.#max, samples };
  }

  #keep(sample: DurationSample): void {
    const last = this.#first.at(-1);
    if (this.#first.length === mostFirst && last && byStart(sample, last) > 0) {
      this.#others.push(sample);
    } else {
      let at = this.#first.length;
      while (at > 0 && byStart(sample, this.#first[at - 1]!) < 0) at--;
      this.#first.splice(at, 0, sample);
      if (this.#first.length > mostFirst) this.#others.push(this.#first.pop()!);
    }
    if (this.#others.length >= 4 * mostOthers) this.#prune();
  }

  #prune(): void {
    if (this.#others.length <= mostOthers) return;
    this.#others.sort(byReversedId);
    this.#others.length = mostOthers;
  }

  #quantileOfBuckets(share: number): number {
    const wanted = Math.max(1, Math.ceil(share * this.#count));
    let seen = 0;
    for (const [bucket, count] of [...this.#buckets].sort(([a], [b]) => a - b)) {
      seen += count;
      if (seen >= wanted) return Math.min(this.#max, Math.round(Math.exp((bucket + 0.5) * step)));
    }
    return this.#max;
  }
}

function exactQuantile(values: readonly number[]): (share: number) => number {
  const sorted = values.toSorted((a, b) => a - b);
  return (share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function byStart(a: DurationSample, b: DurationSample): number {
  const lengths = a.startNs.length - b.startNs.length;
  if (lengths !== 0) return lengths;
  if (a.startNs !== b.startNs) return a.startNs < b.startNs ? -1 : 1;
  return byReversedId(a, b);
}

/** Ids are random, and where they are counted up, their last digits are spread evenly. */
function byReversedId({ spanId: a }: DurationSample, { spanId: b }: DurationSample): number {
  let at = 1;
  while (at <= a.length && at <= b.length) {
    const difference = a.charCodeAt(a.length - at) - b.charCodeAt(b.length - at);
    if (difference !== 0) return difference;
    at++;
  }
  return a.length - b.length;
}
