import type { Columns } from '../reader/reader';
import type { Latencies } from './instruments';

/** The duration of a span of `table` in nanoseconds; NULL where it is not known, which is no duration of 0. */
export function durationOf(table = ''): string {
  return `CASE WHEN ${table}times & 2 = 0 THEN ${table}duration_ns END`;
}

/** Bounds of a histogram in seconds: `count` of them, each twice the one before. */
export class LatencyBounds {
  /** As values of the label `le`. */
  readonly texts: readonly string[];
  private readonly nanos: readonly number[];

  constructor(firstSeconds: number, count: number) {
    const seconds = Array.from({ length: count }, (_, i) => firstSeconds * 2 ** i);
    this.texts = seconds.map(String);
    this.nanos = seconds.map((bound) => Math.round(bound * 1e9));
  }

  /** How many columns `columns` makes. */
  get width(): number {
    return this.nanos.length + 2;
  }

  /**
   * Aggregates of an expression in nanoseconds: sum in seconds, then the cumulative buckets, all as doubles. Where it is NULL
   * there is no observation.
   */
  columns(expression: string): string {
    const buckets = this.nanos.map((bound) => `count(*) FILTER (WHERE ${expression} <= ${bound})::DOUBLE`);
    return [`COALESCE(sum(${expression}::DOUBLE), 0) / 1e9`, ...buckets, `count(${expression})::DOUBLE`].join(', ');
  }

  /** The aggregates that stand from column `first` on. */
  read({ columns }: Columns, row: number, first: number): Latencies {
    const value = (offset: number) => (columns[first + offset] as Float64Array)[row]!;
    return { sum: value(0), buckets: Array.from({ length: this.nanos.length + 1 }, (_, i) => value(i + 1)) };
  }

  /** `count` observations of no duration. */
  zeros(count: number): Latencies {
    return { sum: 0, buckets: new Array<number>(this.nanos.length + 1).fill(count) };
  }

  /** The bucket that an observation falls into. */
  bucketOf(nanos: number): number {
    const bucket = this.nanos.findIndex((bound) => nanos <= bound);
    return bucket < 0 ? this.nanos.length : bucket;
  }
}
