import type { TimeWindow } from '../../../shared/contract/telemetry';

interface Counted {
  /** Unix milliseconds; of `counts[i]` the beginning is `from + i * stepMs`. */
  from: number;
  stepMs: number;
  counts: readonly number[];
}

/** Where something is kept, as a window without any of it asks: `last` is the end of the newest column that has some, Unix milliseconds. */
export type Kept = { kind: 'nothing' } | { kind: 'inside' } | { kind: 'outside'; last: number };

export function findKept({ from, stepMs, counts }: Counted, window: TimeWindow): Kept {
  const newest = counts.findLastIndex((count) => count > 0);
  if (newest === -1) return { kind: 'nothing' };
  const isInside = counts.some((count, at) => {
    const begin = from + at * stepMs;
    return count > 0 && begin >= window.from && begin + stepMs <= window.to;
  });
  return isInside ? { kind: 'inside' } : { kind: 'outside', last: from + (newest + 1) * stepMs };
}
