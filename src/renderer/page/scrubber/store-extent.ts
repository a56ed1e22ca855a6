import type { HostStatus } from '../../../shared/contract/host';
import type { TimeWindow } from '../../../shared/contract/telemetry';

const hour = 3_600_000;
/** Where it is not known how far back something is kept. */
const usualMs = 24 * hour;
/** A store that has just begun. */
const leastMs = hour / 4;
const mostColumns = 200;
const steps = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => 60 * minutes),
  ...[1, 2, 3, 6, 12, 24].map((hours) => 3600 * hours),
];

/** The time over which something is kept, up to `now`, Unix milliseconds; it holds the chosen window. */
export function storeExtent(
  { capabilities, storage }: Pick<HostStatus, 'capabilities' | 'storage'>,
  chosen: TimeWindow,
  now: number,
): TimeWindow {
  const { oldestAt, maxAgeHours } = storage;
  const known = capabilities.storage && oldestAt !== null;
  // What came with a time of long ago is gone with the next cleaning.
  const kept = known ? Math.max(oldestAt, now - maxAgeHours * hour) : now - usualMs;
  return { from: Math.min(kept, now - leastMs, chosen.from), to: Math.max(now, chosen.to) };
}

/** Seconds of one column. */
export function columnStep({ from, to }: TimeWindow): number {
  const wanted = (to - from) / 1000 / mostColumns;
  return steps.find((step) => step >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
}
