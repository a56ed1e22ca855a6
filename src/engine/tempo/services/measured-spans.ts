import { DURATION_UNKNOWN } from '../../store/reader/span-times';

const NANOS = 1_000_000n;
const PERCENTILE = 0.95;
const isKnown = `s.times & ${DURATION_UNKNOWN} = 0`;

/** Unix milliseconds, the end not included. */
export interface SpanRange {
  readonly startMs: bigint;
  readonly endMs: bigint;
}

/** How long a group of spans `s` took, nanoseconds; durations that are not known count in neither, and alone give NULL. */
export const durationColumns = `quantile_disc(s.duration_ns, ${PERCENTILE}) FILTER (${isKnown})::DOUBLE AS p95,
       max(s.duration_ns) FILTER (${isKnown})::DOUBLE AS longest`;

/** Whether a span `s` came in as a request: of a server or a consumer. */
export const isRequest = 's.kind IN (2, 5)';

/** Sixteen buckets for each doubling: a bucket's ends are 4 % apart. */
const BUCKETS_A_DOUBLING = 16;
/** The bucket of durations that are not known; the others are far below. */
export const UNKNOWN_BUCKET = 65_535;
export const bucketColumn = `(CASE WHEN ${isKnown} THEN floor(log2(s.duration_ns::DOUBLE + 1) * ${BUCKETS_A_DOUBLING}) ELSE ${UNKNOWN_BUCKET} END)::USMALLINT`;

/** Whether a span `s` starts within the range. */
export function startsWithin({ startMs, endMs }: SpanRange): string {
  return `s.start_ns >= ${startMs * NANOS}::UBIGINT AND s.start_ns < ${endMs * NANOS}::UBIGINT`;
}
