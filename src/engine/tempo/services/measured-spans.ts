import { DURATION_UNKNOWN } from '../../store/reader/span-times';

const NANOS = 1_000_000n;
const isKnown = `s.times & ${DURATION_UNKNOWN} = 0`;

/** Unix milliseconds, the end not included. */
export interface SpanRange {
  readonly startMs: bigint;
  readonly endMs: bigint;
}

/** Whether a span `s` came in as a request: of a server or a consumer. */
export const isRequest = 's.kind IN (2, 5)';

/** Sixteen buckets for each doubling: a bucket's ends are 4 % apart. */
const BUCKETS_A_DOUBLING = 16;
/** The bucket of durations that are not known; the others are far below. */
export const UNKNOWN_BUCKET = 65_535;
export const bucketColumn = `(CASE WHEN ${isKnown} THEN floor(log2(s.duration_ns::DOUBLE + 1) * ${BUCKETS_A_DOUBLING}) ELSE ${UNKNOWN_BUCKET} END)::USMALLINT`;

/**
 * A table of counted buckets (`bucket`, `spans`, `shortest`, `longest`) with how many known durations of its group a bucket and those
 * before it have (`upto`), and the whole group (`known`).
 */
export function rankBuckets(table: string, group: string): string {
  const known = `sum(CASE WHEN bucket = ${UNKNOWN_BUCKET} THEN 0 ELSE spans END)`;
  return `(SELECT *, ${known} OVER (PARTITION BY ${group} ORDER BY bucket) AS upto, ${known} OVER (PARTITION BY ${group}) AS known FROM ${table})`;
}

/** A quantile of a group of such rows in nanoseconds, as `DurationBuckets` takes it; NULL where no duration is known. */
export function quantileOfBuckets(share: number): string {
  const rank = `greatest(1, ceil(${share}::DOUBLE * known))`;
  const isThere = `bucket <> ${UNKNOWN_BUCKET} AND upto >= ${rank} AND upto - spans < ${rank}`;
  const within = `shortest + (longest - shortest)::DOUBLE * (${rank} - (upto - spans) - 1) / (spans - 1)`;
  return `max(CASE WHEN spans = 1 THEN shortest::DOUBLE ELSE round(${within}) END) FILTER (${isThere})`;
}

/** Whether a span `s` starts within the range. */
export function startsWithin({ startMs, endMs }: SpanRange): string {
  return `s.start_ns >= ${startMs * NANOS}::UBIGINT AND s.start_ns < ${endMs * NANOS}::UBIGINT`;
}
