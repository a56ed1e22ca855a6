import type { TimeWindow } from '../../../../shared/contract/telemetry';

const mostColumns = 160;
const seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/** Seconds of a column: a round number, of which the window has at most so many. */
export function pictureStep({ from, to }: TimeWindow): number {
  const wanted = (to - from) / 1000 / mostColumns;
  return seconds.find((each) => each >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
}

/** Decades between two durations, nanoseconds: `1 ms`, `10 ms`. */
export function durationTicks(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(Math.max(1, low)) - 1e-9);
  const last = Math.floor(Math.log10(Math.max(1, high)) + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index));
}
