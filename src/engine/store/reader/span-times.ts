/** Bits of `spans.times`. */
export const START_UNKNOWN = 1;
export const DURATION_UNKNOWN = 2;
export const UNFINISHED = 4;

/** Where a span stands in time; see `spans.times` in the schema. */
export interface PlacedTimes {
  readonly startNs: bigint;
  readonly durationNs: bigint;
  readonly times: number;
}

/** 2000-01-01: an earlier time was counted in another unit or by a clock that was not set. Nanoseconds. */
export const EARLIEST_NS = 946_684_800_000_000_000n;
/** A time so far after the arrival was counted in another unit or by a clock that runs wrong. */
export const AHEAD_NS = 86_400_000_000_000n;
/** Between two times that cannot be right themselves, a longer difference says nothing either. */
const LONGEST_NS = 86_400_000_000_000n;

/**
 * Places a span whose times are not all known. A time that is 0 was not sent, one that is far off cannot be right: neither
 * may stretch a trace or a metric. What can stand in for it does: the other time, else the arrival.
 */
export function placeSpan(startNs: bigint, endNs: bigint, receivedNs: bigint): PlacedTimes {
  const isLikely = (ns: bigint) => ns >= EARLIEST_NS && ns <= receivedNs + AHEAD_NS;
  const [starts, ends] = [isLikely(startNs), isLikely(endNs)];
  if (starts && ends && endNs >= startNs) return { startNs, durationNs: endNs - startNs, times: 0 };
  const unfinished = endNs === 0n ? UNFINISHED : 0;
  if (starts) return { startNs, durationNs: 0n, times: DURATION_UNKNOWN | unfinished };
  if (ends) return { startNs: endNs, durationNs: 0n, times: START_UNKNOWN | DURATION_UNKNOWN };
  if (startNs !== 0n && endNs >= startNs && endNs - startNs <= LONGEST_NS) {
    // A clock that is off by years still measures.
    const durationNs = endNs - startNs;
    return { startNs: receivedNs > durationNs ? receivedNs - durationNs : 0n, durationNs, times: START_UNKNOWN };
  }
  return { startNs: receivedNs, durationNs: 0n, times: START_UNKNOWN | DURATION_UNKNOWN | unfinished };
}
