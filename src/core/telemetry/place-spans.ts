import type { Span, SpanTiming } from '../../shared/contract/telemetry';

type Placed = Pick<Span, 'startNs' | 'durationNs' | 'timing' | 'sent'>;

/** 2000-01-01: an earlier time was counted in another unit, or by a clock that was not set. */
const EARLIEST_NS = 946_684_800_000_000_000n;
const DAY_NS = 86_400_000_000_000n;
/** A span that is further than this from most of its trace does not stretch it. */
const FAR_OFF_NS = 7n * DAY_NS;

interface Times {
  readonly start: bigint;
  readonly end: bigint;
}

/**
 * Where the spans of a trace stand, by their times as they were sent (0 for none). A span without a time that can be right
 * stands at the other one, else where the trace begins, and says why. `nowMs`: Unix milliseconds.
 */
export function placeSpans(spans: readonly { startNs: string; endNs: string }[], nowMs: number): Placed[] {
  const latest = BigInt(nowMs) * 1_000_000n + DAY_NS;
  const times = spans.map(({ startNs, endNs }) => ({ start: BigInt(startNs), end: BigInt(endNs) }));
  const isLikely = (time: bigint) => time >= EARLIEST_NS && time <= latest;
  const likely = times.flatMap(({ start, end }) => (isLikely(start) ? start : isLikely(end) ? end : []));
  // A trace whose every time is off is shown by its own clock.
  const known = likely.length > 0 ? likely : times.flatMap(({ start, end }) => (start || end ? start || end : []));
  const middle = known.toSorted((a, b) => (a < b ? -1 : 1))[known.length >> 1] ?? 0n;
  const fits = (time: bigint) =>
    time !== 0n &&
    (likely.length === 0 || isLikely(time)) &&
    time >= middle - FAR_OFF_NS &&
    time <= middle + FAR_OFF_NS;
  const begin = times.flatMap(({ start, end }) => (fits(start) ? start : fits(end) ? end : []));
  const [first = 0n] = begin.sort((a, b) => (a < b ? -1 : 1));
  return times.map((time) => place(time, fits, first));
}

function place({ start, end }: Times, fits: (time: bigint) => boolean, first: bigint): Placed {
  if (fits(start) && fits(end) && end >= start) return { startNs: `${start}`, durationNs: Number(end - start) };
  const at = fits(start) ? start : fits(end) ? end : first;
  const lasts = !fits(start) && !fits(end) && start !== 0n && end >= start && end - start <= DAY_NS ? end - start : 0n;
  return {
    startNs: `${at}`,
    durationNs: Number(lasts),
    timing: timingOf({ start, end }),
    sent: { startNs: `${start}`, endNs: `${end}` },
  };

  function timingOf(time: Times): SpanTiming {
    if (time.start === 0n) return time.end === 0n ? 'noTimes' : fits(time.end) ? 'noStart' : 'farOff';
    if (!fits(time.start)) return 'farOff';
    if (time.end === 0n) return 'unfinished';
    return time.end < time.start ? 'endsBeforeStart' : 'farOff';
  }
}
