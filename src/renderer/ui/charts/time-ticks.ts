const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * second),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hour),
  ...[1, 2, 7, 14, 30].map((days) => days * day),
];

/** Round local times within a window, Unix milliseconds, at most `most`; and how far they are apart. */
export function timeTicks(from: number, to: number, most: number): { ticks: number[]; step: number } {
  const wanted = (to - from) / Math.max(1, most);
  const step = steps.find((each) => each >= wanted) ?? Math.ceil(wanted / day) * day;
  // Midnight and full hours are those of the reader.
  const offset = new Date(from).getTimezoneOffset() * minute;
  const ticks: number[] = [];
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= to; at += step) ticks.push(at);
  return { ticks, step };
}
