import type { LogRecord } from '../../../shared/contract/telemetry';

type Timed = Pick<LogRecord, 'timeNs'>;

interface Held<Record> {
  record: Record;
  /** When it came, milliseconds of the caller's clock. */
  at: number;
}

/**
 * Holds live lines for a moment and gives them in the order of their times: services send in batches, so that a cause may
 * come after its effect. A line that comes later than the moment stands where it came.
 */
export class ReorderBuffer<Record extends Timed = LogRecord> {
  #held: Held<Record>[] = [];

  constructor(
    private readonly holdMs = 1000,
    private readonly capacity = 10_000,
  ) {}

  /** Gives back all that wait where they are too many: a page that is hidden may not come to take them. */
  push(records: readonly Record[], now: number): Record[] {
    for (const record of records) this.#held.push({ record, at: now });
    return this.#held.length > this.capacity ? this.drain() : [];
  }

  /** Those that waited long enough, and with them all that happened before, oldest first. */
  take(now: number): Record[] {
    const due = this.#held.filter(({ at }) => now - at >= this.holdMs);
    if (due.length === 0) return [];
    const last = due.reduce((latest, { record }) => later(latest, BigInt(record.timeNs)), 0n);
    const taken: Record[] = [];
    const kept: Held<Record>[] = [];
    for (const held of this.#held) {
      if (BigInt(held.record.timeNs) <= last) taken.push(held.record);
      else kept.push(held);
    }
    this.#held = kept;
    return taken.sort((a, b) => compare(BigInt(a.timeNs), BigInt(b.timeNs)));
  }

  /** All that wait, oldest first. */
  drain(): Record[] {
    return this.take(Number.POSITIVE_INFINITY);
  }

  clear(): void {
    this.#held = [];
  }
}

function later(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
