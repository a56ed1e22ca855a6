import type { SemanticRules } from '../../terms/semantic-rules';

/** A range whose edge is further from the first or last sample than this many sample distances is taken to start or end there. */
const EDGE_FACTOR = 1.1;

/** The samples of a range, and how a counter among them began and grew. Times in milliseconds. */
interface SampledChange {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly samples: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Absent where what changes may be negative. */
  readonly counter?: { readonly first: number; readonly increase: number };
}

/** By how much the change between first and last sample grows when it is extrapolated to the edges of the range. */
export function extrapolationFactor(change: SampledChange, rules: SemanticRules): number {
  const { firstMs, lastMs, samples, startMs, endMs, counter } = change;
  const sampled = (lastMs - firstMs) / 1000;
  const distance = sampled / (samples - 1);
  let toStart = (firstMs - startMs) / 1000;
  let toEnd = (endMs - lastMs) / 1000;
  const threshold = distance * EDGE_FACTOR;
  const toZero =
    counter && counter.increase > 0 && counter.first >= 0 ? sampled * (counter.first / counter.increase) : toStart;
  if (rules.counterZeroPoint === 'before-threshold') toStart = Math.min(toStart, toZero);
  if (toStart >= threshold) toStart = distance / 2;
  if (rules.counterZeroPoint === 'after-threshold') toStart = Math.min(toStart, toZero);
  if (toEnd >= threshold) toEnd = distance / 2;
  return (sampled + toStart + toEnd) / sampled;
}
