import type { Window, WindowFunction } from '../../evaluation/slide-window';
import type { SemanticRules } from '../../terms/semantic-rules';
import { extrapolationFactor } from './extrapolate';

export interface RateKind {
  /** Counters are corrected for resets and never extrapolated below zero. */
  readonly isCounter: boolean;
  readonly perSecond: boolean;
}

export const RATE_KINDS: Readonly<Record<string, RateKind>> = {
  rate: { isCounter: true, perSecond: true },
  increase: { isCounter: true, perSecond: false },
  delta: { isCounter: false, perSecond: false },
};

/** `rate`, `increase` and `delta`: the change between first and last sample, extrapolated to the edges of the range. */
export function createExtrapolatedRate({ isCounter, perSecond }: RateKind, rules: SemanticRules): WindowFunction {
  return (window) => {
    const { times, values, from, to, startMs, endMs } = window;
    if (to - from < 2) return undefined;
    const change = isCounter ? increaseOf(window) : values[to - 1]! - values[from]!;
    const factor = extrapolationFactor(
      {
        firstMs: times[from]!,
        lastMs: times[to - 1]!,
        samples: to - from,
        startMs,
        endMs,
        ...(isCounter && { counter: { first: values[from]!, increase: change } }),
      },
      rules,
    );
    return change * (perSecond ? factor / ((endMs - startMs) / 1000) : factor);
  };
}

function increaseOf({ values, from, to }: Window): number {
  let increase = values[to - 1]! - values[from]!;
  for (let i = from + 1; i < to; i++) if (values[i]! < values[i - 1]!) increase += values[i - 1]!;
  return increase;
}
