import type { WindowFunction } from '../../evaluation/slide-window';

/** `irate`: the per-second increase between the last two samples; after a counter's reset the last value counts from zero. */
export const instantRate: WindowFunction = ({ times, values, from, to }) => {
  if (to - from < 2) return undefined;
  const last = values[to - 1]!;
  const previous = values[to - 2]!;
  return (last < previous ? last : last - previous) / ((times[to - 1]! - times[to - 2]!) / 1000);
};

/** `idelta`: the difference between the last two samples. */
export const instantDelta: WindowFunction = ({ values, from, to }) =>
  to - from < 2 ? undefined : values[to - 1]! - values[to - 2]!;
