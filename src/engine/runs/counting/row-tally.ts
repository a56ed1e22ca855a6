import { type CountedDurations, type DurationSample, durationBucket } from '../../../shared/run-summary/duration-tally';
import type { ShapeExample } from '../../../shared/run-summary/trace-examples';
import { compareStarts, digitsOf, hexOf, type SpanRows, traceIdOf } from './span-rows';

const FIRST = 10;
/** With what may be among the first as well. */
const OTHERS = 100;

/** Counts rows of one shape, or of one kind of request, as `DurationTally` and `TraceExamples` would. */
export class RowTally {
  private readonly buckets = new Uint32Array(durationBucket(2 ** 64) + 1);

  constructor(private readonly rows: SpanRows) {}

  /** Of those whose duration is known. */
  durations(list: Uint32Array): CountedDurations {
    const { durationNs, times } = this.rows;
    const timed = list.every((row) => times[row] === 0) ? list : list.filter((row) => times[row] === 0);
    let totalNs = 0;
    let maxNs = 0;
    for (const row of timed) {
      totalNs += durationNs[row]!;
      if (durationNs[row]! > maxNs) maxNs = durationNs[row]!;
    }
    return {
      ...{ count: timed.length, totalNs, maxNs, samples: this.samples(timed) },
      buckets: timed.length <= OTHERS ? [] : this.bucketsOf(timed),
    };
  }

  /** The first, the slowest, the first that failed. */
  examples(list: Uint32Array): ShapeExample[] {
    const { status, durationNs } = this.rows;
    let first = list[0]!;
    let slowest = first;
    let failed = -1;
    for (const row of list) {
      if (this.isEarlier(row, first)) first = row;
      if (durationNs[row]! > durationNs[slowest]!) slowest = row;
      else if (durationNs[row] === durationNs[slowest] && this.isEarlier(row, slowest)) slowest = row;
      if (status[row] === 2 && (failed < 0 || this.isEarlier(row, failed))) failed = row;
    }
    return [...new Set([first, slowest, ...(failed < 0 ? [] : [failed])])].map((row) => ({
      traceId: traceIdOf(this.rows, row),
      startNs: digitsOf(this.rows.startNs, row),
      durationNs: durationNs[row]!,
      failed: status[row] === 2,
    }));
  }

  /** Buckets are cleared as they are read: few are used. */
  private bucketsOf(list: Uint32Array): [number, number][] {
    const used: number[] = [];
    for (const row of list) {
      const bucket = durationBucket(this.rows.durationNs[row]!);
      if (this.buckets[bucket]!++ === 0) used.push(bucket);
    }
    return used.map((bucket) => {
      const count = this.buckets[bucket]!;
      this.buckets[bucket] = 0;
      return [bucket, count];
    });
  }

  private samples(list: Uint32Array): DurationSample[] {
    if (list.length <= OTHERS) return Array.from(list, (row) => this.sampleOf(row));
    const first: number[] = [];
    let others: number[] = [];
    let bound = Number.POSITIVE_INFINITY;
    const { spanId } = this.rows;
    for (const row of list) {
      if (first.length < FIRST || this.isBefore(row, first[FIRST - 1]!)) {
        let at = first.length;
        while (at > 0 && this.isBefore(row, first[at - 1]!)) at--;
        first.splice(at, 0, row);
        if (first.length > FIRST) first.pop();
      }
      if (reversed(spanId[2 * row]!) > bound) continue;
      others.push(row);
      if (others.length < 4 * OTHERS) continue;
      others = this.least(others);
      bound = reversed(spanId[2 * others.at(-1)!]!);
    }
    const among = new Set(first);
    const rest = this.least(others).filter((row) => !among.has(row));
    return [...first, ...rest.slice(0, OTHERS - FIRST)].map((row) => this.sampleOf(row));
  }

  private sampleOf(row: number): DurationSample {
    const { startNs, durationNs, spanId } = this.rows;
    return { startNs: digitsOf(startNs, row), spanId: hexOf(spanId, row), durationNs: durationNs[row]! };
  }

  /** By their reversed ids. */
  private least(list: readonly number[]): number[] {
    return list.toSorted((a, b) => this.compareIds(a, b)).slice(0, OTHERS);
  }

  private compareIds(a: number, b: number): number {
    const { spanId } = this.rows;
    return (
      reversed(spanId[2 * a]!) - reversed(spanId[2 * b]!) || reversed(spanId[2 * a + 1]!) - reversed(spanId[2 * b + 1]!)
    );
  }

  private isBefore(a: number, b: number): boolean {
    const starts = compareStarts(this.rows, a, b);
    return starts < 0 || (starts === 0 && this.compareIds(a, b) < 0);
  }

  private isEarlier(a: number, b: number): boolean {
    const starts = compareStarts(this.rows, a, b);
    if (starts !== 0) return starts < 0;
    const { traceHi, traceLo } = this.rows;
    for (const half of [traceHi, traceLo])
      for (const at of [1, 0]) if (half[2 * a + at] !== half[2 * b + at]) return half[2 * a + at]! < half[2 * b + at]!;
    return false;
  }
}

/** Its hex digits from behind, as a number. */
function reversed(half: number): number {
  const bytes = ((half & 0xff) << 24) | ((half & 0xff00) << 8) | ((half >>> 8) & 0xff00) | (half >>> 24);
  return (((bytes & 0x0f0f0f0f) << 4) | ((bytes >>> 4) & 0x0f0f0f0f)) >>> 0;
}
