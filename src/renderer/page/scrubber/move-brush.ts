import type { TimeWindow } from '../../../shared/contract/telemetry';
import { defaultSince, parseSince, relativeChoices, resolveTimeRange, type TimeRange } from '../time-window';

const leastMs = 1000;
/** As near to the end means up to now. */
const endShare = 0.01;

/** Moved by so many milliseconds, within the extent, as long as before. */
export function moveBrush({ from, to }: TimeWindow, by: number, extent: TimeWindow): TimeWindow {
  const within = Math.max(extent.from - from, Math.min(extent.to - to, by));
  return { from: from + within, to: to + within };
}

/** With its begin or its end elsewhere, within the extent; neither passes the other. */
export function resizeBrush(brush: TimeWindow, end: 'from' | 'to', at: number, extent: TimeWindow): TimeWindow {
  return end === 'from'
    ? { ...brush, from: Math.max(extent.from, Math.min(at, brush.to - leastMs)) }
    : { ...brush, to: Math.min(extent.to, Math.max(at, brush.from + leastMs)) };
}

/** From one time to another, whichever comes first. */
export function drawBrush(a: number, b: number, extent: TimeWindow): TimeWindow {
  const from = Math.max(extent.from, Math.min(a, b));
  return { from, to: Math.min(extent.to, Math.max(a, b, from + leastMs)) };
}

/** What the address says of it: one that ends at the end of the extent goes on with the time. */
export function rangeOfBrush({ from, to }: TimeWindow, extent: TimeWindow): TimeRange {
  const isUpToNow = extent.to - to <= Math.max(leastMs, endShare * (to - from));
  return isUpToNow ? { since: writeSince(extent.to - from) } : { from: Math.round(from), to: Math.round(to) };
}

/** All that is kept, or where that is shown already the usual window up to now. */
export function allOrLive(range: TimeRange, extent: TimeWindow): TimeRange {
  const { from } = resolveTimeRange(range, extent.to);
  const isAll = 'since' in range && from - extent.from <= endShare * (extent.to - extent.from);
  return isAll ? { since: defaultSince } : { since: writeSince(extent.to - extent.from) };
}

/** Of a length in milliseconds, in the largest unit that says it closely enough: `90s`, `47m`, `24h`. */
function writeSince(length: number): string {
  const usual = relativeChoices.find((since) => isClose(parseSince(since) ?? 0, length));
  if (usual) return usual;
  for (const unit of ['d', 'h', 'm'] as const) {
    const unitMs = parseSince(`1${unit}`) ?? 1;
    const whole = Math.ceil(length / unitMs - 1e-6);
    if (isClose(whole * unitMs, length)) return `${whole}${unit}`;
  }
  return `${Math.max(1, Math.ceil(length / 1000 - 1e-6))}s`;
}

function isClose(told: number, length: number): boolean {
  return told >= length - leastMs && told <= length * (1 + endShare);
}
