import type { SessionEntry } from '../../../../shared/sessions/session-entry';

export interface UsageSlot {
  /** Unix milliseconds of its start. */
  readonly at: number;
  /** Tokens read anew or into a cache, from a cache, and written. */
  readonly read: number;
  readonly cached: number;
  readonly written: number;
  /** US dollars, reported or by estimate. */
  readonly usd: number;
}

/** What model calls used in each of `count` equal parts of the time from the first entry to the last. */
export function usageOverTime(entries: readonly SessionEntry[], count: number): UsageSlot[] {
  const first = entries[0]?.at ?? 0;
  const last = entries.at(-1)?.at ?? first;
  const width = Math.max(1, (last - first) / count);
  const slots = Array.from({ length: count }, (_, index) => ({
    at: first + index * width,
    read: 0,
    cached: 0,
    written: 0,
    usd: 0,
  }));
  for (const entry of entries) {
    if (entry.kind !== 'model-call') continue;
    const slot = slots[Math.min(count - 1, Math.floor((entry.at - first) / width))]!;
    slot.read += entry.tokens.input + entry.tokens.cacheCreation;
    slot.cached += entry.tokens.cacheRead;
    slot.written += entry.tokens.output;
    slot.usd += entry.reportedUsd ?? entry.estimatedUsd ?? 0;
  }
  return slots;
}
