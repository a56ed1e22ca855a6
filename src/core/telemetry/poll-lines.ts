import type { LogRecord } from '../../shared/contract/telemetry';
import type { NanoWindow } from '../../shared/requests/window-nanos';
import type { LogTailBatch } from './log-tail-batch';
import { type PollOptions, pollBackend } from './poll-backend';

/** Oldest first. */
type Range = (window: NanoWindow, limit: number) => Promise<LogRecord[]>;

const pageLines = 1_000;
const mostPages = 5;
/** Senders batch, and clocks differ: lines of so long before the last look still come. */
const lateNs = 10_000_000_000n;

/**
 * A tail for a backend that gives no WebSocket. Every line from `place.next` on is told once, and so is one of before that comes later than the
 * first look, after which the tail is open; while more comes than a look reads, the next one goes on where it ended.
 */
export async function* pollLines(
  range: Range,
  place: { next: bigint },
  signal: AbortSignal,
  { everyMs = 1_000, now = Date.now, end = () => false }: PollOptions = {},
): AsyncGenerator<LogTailBatch> {
  const began = place.next;
  /** Of the times that are looked at again. */
  let told = new Map<string, bigint>();
  let from = began - lateNs;
  let isOpen = false;
  const look = async (): Promise<LogTailBatch[]> => {
    const to = BigInt(now() + 1_000) * 1_000_000n;
    const records: LogRecord[] = [];
    let full = false;
    for (let page = 0; page < mostPages; page++) {
      const found = await range({ start: from, end: to }, pageLines);
      for (const record of found) {
        const key = keyOf(record);
        if (told.has(key)) continue;
        const time = BigInt(record.timeNs);
        told.set(key, time);
        if (isOpen || time >= began) records.push(record);
      }
      full = found.length >= pageLines;
      if (!full) break;
      const last = BigInt(found.at(-1)!.timeNs);
      // More lines of one nanosecond than a page holds: those behind it are not to be waited for.
      from = last > from ? last : from + 1n;
    }
    if (!full) from = to - lateNs;
    told = new Map([...told].filter(([, time]) => time >= from));
    const last = records.at(-1);
    if (last) place.next = max(place.next, BigInt(last.timeNs) + 1n);
    const batches: LogTailBatch[] = [];
    if (!isOpen && !full) {
      isOpen = true;
      batches.push({ records: [], dropped: 0, opened: true });
    }
    if (records.length > 0) batches.push({ records, dropped: 0 });
    return batches;
  };
  yield* pollBackend(look, signal, { everyMs, end });
}

function keyOf({ timeNs, line, labels }: LogRecord): string {
  return JSON.stringify([timeNs, line, Object.entries(labels).sort()]);
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
