import { type CountedDurations, type DurationSample, durationBucket } from '../../../shared/run-summary/duration-tally';
import type { ShapeExample } from '../../../shared/run-summary/trace-examples';
import { formatTraceId } from '../../tempo/store/trace-id';
import type { SpanRows } from './span-rows';

const FIRST = 10;
/** With what may be among the first as well. */
const OTHERS = 100;

/** Counts rows of one shape, or of one kind of request, as `DurationTally` and `TraceExamples` would. */
export class RowTally {
  count = 0;
  errors = 0;
  private total = 0;
  private longest = 0;
  private readonly buckets = new Map<number, number>();
  /** Rows by their start. */
  private readonly first: number[] = [];
  /** Rows by their reversed id, the least first once pruned. */
  private others: number[] = [];
  private bound = Number.POSITIVE_INFINITY;
  private slowest = -1;
  private failed = -1;

  constructor(private readonly rows: SpanRows) {}

  add(row: number, failed: boolean): void {
    const duration = this.rows.durationNs[row]!;
    this.count++;
    this.total += duration;
    if (duration > this.longest) this.longest = duration;
    const bucket = durationBucket(duration);
    this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + 1);
    this.keepFirst(row);
    this.keepOther(row);
    if (this.slowest < 0 || this.isSlower(row, this.slowest)) this.slowest = row;
    if (!failed) return;
    this.errors++;
    if (this.failed < 0 || this.isEarlier(row, this.failed)) this.failed = row;
  }

  durations(): CountedDurations {
    this.prune();
    const first = new Set(this.first);
    const rows = [...this.first, ...this.others.filter((row) => !first.has(row)).slice(0, OTHERS - FIRST)];
    const samples = rows.map((row) => this.sampleOf(row));
    const isWhole = samples.length === this.count;
    return {
      ...{ count: this.count, totalNs: this.total, maxNs: this.longest, samples },
      buckets: isWhole ? [] : [...this.buckets],
    };
  }

  examples(): ShapeExample[] {
    const shown = new Set([this.first[0]!, this.slowest, ...(this.failed < 0 ? [] : [this.failed])]);
    return [...shown].map((row) => ({
      traceId: formatTraceId({ hi: this.rows.traceHi[row]!, lo: this.traceLo(row) }),
      startNs: String(this.rows.startNs[row]!),
      durationNs: this.rows.durationNs[row]!,
      failed: this.rows.status[row] === 2,
    }));
  }

  private sampleOf(row: number): DurationSample {
    const { startNs, durationNs } = this.rows;
    return { startNs: String(startNs[row]!), spanId: this.idOf(row), durationNs: durationNs[row]! };
  }

  private idOf(row: number): string {
    const { spanId } = this.rows;
    return hex(spanId[2 * row + 1]!) + hex(spanId[2 * row]!);
  }

  private traceLo(row: number): bigint {
    const { traceLo } = this.rows;
    return (BigInt(traceLo[2 * row + 1]!) << 32n) | BigInt(traceLo[2 * row]!);
  }

  private keepFirst(row: number): void {
    const { first } = this;
    if (first.length === FIRST && !this.isBefore(row, first[FIRST - 1]!)) return;
    let at = first.length;
    while (at > 0 && this.isBefore(row, first[at - 1]!)) at--;
    first.splice(at, 0, row);
    if (first.length > FIRST) first.pop();
  }

  private keepOther(row: number): void {
    if (reversed(this.rows.spanId[2 * row]!) > this.bound) return;
    this.others.push(row);
    if (this.others.length >= 4 * OTHERS) this.prune();
  }

  private prune(): void {
    const { others } = this;
    others.sort((a, b) => this.compareIds(a, b));
    if (others.length <= OTHERS) return;
    others.length = OTHERS;
    this.bound = reversed(this.rows.spanId[2 * others[OTHERS - 1]!]!);
  }

  private compareIds(a: number, b: number): number {
    const { spanId } = this.rows;
    return (
      reversed(spanId[2 * a]!) - reversed(spanId[2 * b]!) || reversed(spanId[2 * a + 1]!) - reversed(spanId[2 * b + 1]!)
    );
  }

  private isBefore(a: number, b: number): boolean {
    const { startNs } = this.rows;
    return startNs[a]! < startNs[b]! || (startNs[a] === startNs[b] && this.compareIds(a, b) < 0);
  }

  private isEarlier(a: number, b: number): boolean {
    const { startNs, traceHi } = this.rows;
    if (startNs[a] !== startNs[b]) return startNs[a]! < startNs[b]!;
    return traceHi[a] === traceHi[b] ? this.traceLo(a) < this.traceLo(b) : traceHi[a]! < traceHi[b]!;
  }

  private isSlower(a: number, b: number): boolean {
    const { durationNs } = this.rows;
    return durationNs[a]! > durationNs[b]! || (durationNs[a] === durationNs[b] && this.isEarlier(a, b));
  }
}

function hex(half: number): string {
  return half.toString(16).padStart(8, '0');
}

/** Its hex digits from behind, as a number. */
function reversed(half: number): number {
  const bytes = ((half & 0xff) << 24) | ((half & 0xff00) << 8) | ((half >>> 8) & 0xff00) | (half >>> 24);
  return (((bytes & 0x0f0f0f0f) << 4) | ((bytes >>> 4) & 0x0f0f0f0f)) >>> 0;
}
