import type { Delivery } from '../../shared/contract/destinations';
import { addItems, type Items, totalOf } from './count-items';
import type { ExporterError } from './read-exporter-errors';

/** What Alloy counts for one destination, since its exporter started. */
export interface ExporterCounts {
  sent: Items;
  dropped: Items;
  /** Of the dropped ones, those that found the queue full. Alloy logs them without naming the destination. */
  overflowed: number;
  /** Of the requests answered with success, before compression. */
  bytes: number;
  queued: number;
  queueCapacity: number;
}

const none: Items = { spans: 0, logs: 0, points: 0 };

/**
 * Delivery to one destination since it was switched on. Alloy counts from nothing again when it changes an exporter or
 * is restarted: what was counted before is kept here.
 */
export class DeliveryMeter {
  private before = { sent: none, dropped: none, bytes: 0 };
  private last: ExporterCounts = {
    sent: none,
    dropped: none,
    overflowed: 0,
    bytes: 0,
    queued: 0,
    queueCapacity: 0,
  };
  private lastSentAt: number | null = null;
  private lastError: ExporterError | null = null;

  /** Times are Unix milliseconds. */
  add(counts: ExporterCounts, error: ExporterError | undefined, now: number): void {
    const sentBefore = totalOf(this.last.sent);
    for (const kind of ['sent', 'dropped'] as const) {
      const isNewCount = totalOf(counts[kind]) < totalOf(this.last[kind]);
      if (isNewCount) this.before[kind] = addItems(this.before[kind], this.last[kind]);
    }
    if (counts.bytes < this.last.bytes) this.before.bytes += this.last.bytes;
    const overflowed = counts.overflowed - this.last.overflowed;
    this.last = counts;
    const sentNow = totalOf(counts.sent);
    if (sentNow > 0 && sentNow !== sentBefore) this.lastSentAt = now;
    if (error && error.at > (this.lastError?.at ?? 0)) this.lastError = error;
    else if (overflowed > 0)
      this.lastError = { at: now, message: `The queue is full: ${overflowed} items were dropped.` };
  }

  get delivery(): Delivery {
    return {
      state: this.state,
      sent: addItems(this.before.sent, this.last.sent),
      dropped: addItems(this.before.dropped, this.last.dropped),
      queued: this.last.queued,
      queueUnit: 'items',
      queueCapacity: this.last.queueCapacity,
      bytes: this.before.bytes + this.last.bytes,
      lastSentAt: this.lastSentAt,
      lastError: this.lastError,
    };
  }

  private get state(): Delivery['state'] {
    if (this.lastError && this.lastError.at >= (this.lastSentAt ?? 0)) return 'failing';
    return this.lastSentAt === null ? 'waiting' : 'sending';
  }
}
