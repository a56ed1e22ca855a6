import type { Window, WindowFunction } from '../evaluation/slide-window';
import type { SemanticRules } from '../semantic-rules';

/** A range whose edge is further from the first or last sample than this many sample distances is taken to start or end there. */
const EDGE_FACTOR = 1.1;

interface RateKind {
  /** Counters are corrected for resets and never extrapolated below zero. */
  readonly isCounter: boolean;
  readonly perSecond: boolean;
}

/** `rate`, `increase` and `delta`: the change between first and last sample, extrapolated to the edges of the range. */
export function createExtrapolatedRate({ isCounter, perSecond }: RateKind, rules: SemanticRules): WindowFunction {
  return (window) => {
    const { times, values, from, to } = window;
    const gaps = to - from - 1;
    if (gaps < 1) return undefined;
    const change = isCounter ? increaseOf(window) : values[to - 1]! - values[from]!;
    const sampled = (times[to - 1]! - times[from]!) / 1000;
    const distance = sampled / gaps;
    let toStart = (times[from]! - window.startMs) / 1000;
    let toEnd = (window.endMs - times[to - 1]!) / 1000;
    const threshold = distance * EDGE_FACTOR;
    const toZero = isCounter && change > 0 && values[from]! >= 0 ? sampled * (values[from]! / change) : toStart;
    if (rules.counterZeroPoint === 'before-threshold') toStart = Math.min(toStart, toZero);
    if (toStart >= threshold) toStart = distance / 2;
    if (rules.counterZeroPoint === 'after-threshold') toStart = Math.min(toStart, toZero);
    if (toEnd >= threshold) toEnd = distance / 2;
    const factor = (sampled + toStart + toEnd) / sampled;
    return change * (perSecond ? factor / ((window.endMs - window.startMs) / 1000) : factor);
  };
}

function increaseOf({ values, from, to }: Window): number {
  let increase = values[to - 1]! - values[from]!;
  for (let i = from + 1; i < to; i++) if (values[i]! < values[i - 1]!) increase += values[i - 1]!;
  return increase;
}
