import type { TimeWindow } from '../../shared/contract/telemetry';

/** What the URL says: the last `since` until now, or two Unix milliseconds. */
export type TimeRange = { since: string } | { from: number; to: number };

/** The part of the search parameters that Traces, Logs and Metrics share; absent means the default. */
export interface TimeSearch {
  since?: string;
  from?: number;
  to?: number;
}

export const defaultSince = '15m';
export const relativeChoices = ['5m', '15m', '30m', '1h', '3h', '6h', '12h', '24h', '3d', '7d'] as const;

const unitMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `90s`, `15m`, `6h` or `7d`; null for anything else. */
export function parseSince(text: string): number | null {
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(text);
  return match ? Number(match[1]) * unitMs[match[2] ?? '']! : null;
}

/** Keeps what is valid and drops the rest, so that a broken link still opens. */
export function readTimeSearch(search: Record<string, unknown>): TimeSearch {
  const from = Number(search.from);
  const to = Number(search.to);
  if (Number.isFinite(from) && Number.isFinite(to) && from > 0 && from < to) {
    return { from: Math.floor(from), to: Math.ceil(to) };
  }
  const since = typeof search.since === 'string' ? search.since : '';
  return parseSince(since) !== null && since !== defaultSince ? { since } : {};
}

export function toTimeRange(search: TimeSearch): TimeRange {
  if (search.from !== undefined && search.to !== undefined) return { from: search.from, to: search.to };
  return { since: search.since ?? defaultSince };
}

/** Unix milliseconds, both ends. */
export function resolveTimeRange(range: TimeRange, now: number): TimeWindow {
  if ('from' in range) return range;
  return { from: now - (parseSince(range.since) ?? unitMs.m! * 15), to: now };
}

/** For `search` of a link: carries the time window to the next page and leaves the rest behind. */
export function keepTime(search: Record<string, unknown>): TimeSearch {
  return readTimeSearch(search);
}

/**
 * About twice the window: of one up to now the next choice of at least that, of one between two times both further out,
 * though never beyond `now`, Unix milliseconds.
 */
export function widen(range: TimeRange, now: number): TimeRange {
  if ('from' in range) {
    const by = (range.to - range.from) / 2;
    const to = Math.max(range.to, Math.min(now, range.to + by));
    return { from: Math.max(1, Math.round(to - 4 * by)), to: Math.round(to) };
  }
  const length = parseSince(range.since) ?? 0;
  const wider = relativeChoices.find((since) => (parseSince(since) ?? 0) >= 2 * length) ?? relativeChoices.at(-1)!;
  return (parseSince(wider) ?? 0) > length ? { since: wider } : range;
}
