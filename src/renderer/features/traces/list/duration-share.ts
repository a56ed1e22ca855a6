/** Shortest bar that still shows its colour. */
const least = 0.03;

/**
 * How much of a bar a duration fills (0 to 1), on a logarithmic scale from the shortest to the longest of the list: one trace
 * of fifteen seconds leaves those of milliseconds their difference. Within a factor of ten the scale is linear from zero.
 */
export function durationShare(duration: number, { shortest, longest }: DurationRange): number {
  if (longest <= 0) return least;
  const from = Math.max(shortest, longest / mostRatio);
  if (longest < from * 10) return Math.max(least, duration / longest);
  const share = Math.log(Math.max(duration, from) / from) / Math.log(longest / from);
  return Math.max(least, share);
}

/** Nanoseconds. */
export interface DurationRange {
  shortest: number;
  longest: number;
}

/** More decades than this would leave none of them a width. */
const mostRatio = 1e6;

export function durationRange(durations: readonly number[]): DurationRange {
  return durations.reduce<DurationRange>(
    ({ shortest, longest }, duration) => ({
      shortest: duration > 0 ? Math.min(shortest, duration) : shortest,
      longest: Math.max(longest, duration),
    }),
    { shortest: Number.POSITIVE_INFINITY, longest: 0 },
  );
}
