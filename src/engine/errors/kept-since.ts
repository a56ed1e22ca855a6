import type { StoreReader } from '../store/reader/reader';

/** The time of the oldest span or line, Unix milliseconds; null where there is none. */
export async function keptSince({ database }: StoreReader, signal: AbortSignal): Promise<number | null> {
  const [row] = await database.rows<{ spans: bigint | null; logs: bigint | null }>(
    'SELECT (SELECT min(start_ns) FROM spans) AS spans, (SELECT min(time_ns) FROM logs) AS logs',
    [],
    { signal },
  );
  const times = [row?.spans, row?.logs].flatMap((ns) => (ns == null ? [] : [Number(ns / 1_000_000n)]));
  return times.length === 0 ? null : Math.min(...times);
}
