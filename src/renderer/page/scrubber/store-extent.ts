import type { HostStatus } from '../../../shared/contract/host';
import type { TimeWindow } from '../../../shared/contract/telemetry';

type Kept = Pick<HostStatus, 'capabilities' | 'storage'>;

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

/** How far back something may be kept, at most; null where that is not known. */
export function longestKept({ capabilities, storage }: Kept): number | null {
  return capabilities.storage ? storage.maxAgeHours * hour : null;
}

/**
 * The time over which something is kept, up to `now`, Unix milliseconds; it holds the chosen window. `happened`: when the oldest of it
 * was, which can be long before it arrived, as of a file that was imported.
 */
export function storeExtent(status: Kept, chosen: TimeWindow, now: number, happened: number | null = null): TimeWindow {
  const { oldestAt } = status.storage;
  const longest = longestKept(status);
  // What came with a time of long ago is gone with the next cleaning.
  const kept =
    longest === null || oldestAt === null
      ? now - usualMs
      : Math.max(Math.min(oldestAt, happened ?? oldestAt), now - longest);
  return { from: Math.min(kept, now - leastMs, chosen.from), to: Math.max(now, chosen.to) };
}

/** Seconds of one column. */
export function columnStep({ from, to }: TimeWindow): number {
  const wanted = (to - from) / 1000 / mostColumns;
  return steps.find((step) => step >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
}
