import type { Delivery } from '../../shared/contract/destinations';
import { addItems, type Items, totalOf } from './count-items';
import type { ExporterError } from './read-exporter-errors';

/** What Alloy counts for one destination, since its exporter started. */
export interface ExporterCounts {
  sent: Items;
  /** Given up after an answer, or after all tries. */
  refused: Items;
  /** Found the queue full. Alloy logs them without naming the destination. */
  overflowed: Items;
  /** Of the requests answered with success, before compression. */
  bytes: number;
  /** Requests by HTTP status of their answer, successes left out. */
  failures: ReadonlyMap<number, number>;
  queued: number;
  queueCapacity: number;
}

const none: Items = { spans: 0, logs: 0, points: 0 };
const nothing: ExporterCounts = {
  sent: none,
  refused: none,
  overflowed: none,
  bytes: 0,
  failures: new Map(),
  queued: 0,
  queueCapacity: 0,
};
const kinds = ['spans', 'logs', 'points'] as const;

/**
 * Delivery to one destination since it was switched on. Alloy counts from nothing again when it changes an exporter or
 * is restarted: what was counted before is kept here.
 */
export class DeliveryMeter {
  private before = { sent: none, dropped: none, bytes: 0 };
  private last = nothing;
  /** The first counts are those of all the time before: what was refused in them may be long over, unless the log dates it. */
  private isFirst = true;
  private lastSentAt: number | null = null;
  private lastError: ExporterError | null = null;
  /** Kinds whose newest items were refused: a destination that takes spans alone is failing. */
  private readonly refusing = new Set<keyof Items>();
  /** Errors up to then are of another key or address. */
  private since = 0;

  /** An error after `watchedSince` (Unix milliseconds) is of the time in which the destination is looked at. */
  constructor(private readonly watchedSince: number) {}

  /** Times are Unix milliseconds; `now` is when the counts were asked for: an error of after it is newer than they are. */
  add(counts: ExporterCounts, error: ExporterError | undefined, now: number): void {
    const { isFirst } = this;
    const last = this.continued(counts);
    const refused = totalOf(counts.refused) - totalOf(last.refused);
    const isOver = isFirst && (error?.at ?? 0) < this.watchedSince;
    const overflowed = totalOf(counts.overflowed) - totalOf(last.overflowed);
    for (const kind of kinds) {
      const taken = counts.sent[kind] > last.sent[kind];
      if (counts.refused[kind] > last.refused[kind] && !(isOver && taken)) this.refusing.add(kind);
      else if (taken) this.refusing.delete(kind);
    }
    if (totalOf(counts.sent) > totalOf(last.sent)) this.lastSentAt = now;
    this.last = counts;
    this.isFirst = false;
    if (error && error.at > (this.lastError?.at ?? 0) && error.at > this.since) this.lastError = error;
    else if (overflowed > 0 && !isFirst)
      this.lastError = lost(now, `The queue is full: ${overflowed} items were dropped.`);
    else if (refused > 0 && this.refusing.size > 0)
      this.lastError = describeRefusal(refused, grownMost(counts.failures, last.failures), now);
  }

  /** Its key or address is another one now: what failed before says nothing about it. */
  begin(now: number): void {
    this.refusing.clear();
    this.since = now;
  }

  get delivery(): Delivery {
    return {
      state: this.state,
      sent: addItems(this.before.sent, this.last.sent),
      dropped: addItems(this.before.dropped, droppedOf(this.last)),
      queued: this.last.queued,
      queueUnit: 'items',
      queueCapacity: this.last.queueCapacity,
      bytes: this.before.bytes + this.last.bytes,
      lastSentAt: this.lastSentAt,
      lastError: this.lastError,
    };
  }

  private get state(): Delivery['state'] {
    const errorAt = this.lastError?.at ?? 0;
    if (this.refusing.size > 0 || (errorAt > this.since && errorAt >= (this.lastSentAt ?? 0))) return 'failing';
    return this.lastSentAt === null ? 'waiting' : 'sending';
  }

  /** The last counts as those of now go on from them: nothing where Alloy counts anew. */
  private continued(counts: ExporterCounts): ExporterCounts {
    const isNewCount =
      kinds.some(
        (kind) => counts.sent[kind] < this.last.sent[kind] || counts.refused[kind] < this.last.refused[kind],
      ) || counts.bytes < this.last.bytes;
    if (!isNewCount) return this.last;
    this.before = {
      sent: addItems(this.before.sent, this.last.sent),
      dropped: addItems(this.before.dropped, droppedOf(this.last)),
      bytes: this.before.bytes + this.last.bytes,
    };
    return nothing;
  }
}

function droppedOf({ refused, overflowed }: ExporterCounts): Items {
  return addItems(refused, overflowed);
}

/** Where Alloy's log tells no more. */
function describeRefusal(items: number, status: number | null, now: number): ExporterError {
  const answer = status === null ? 'Alloy gave up' : `HTTP ${status}:`;
  return {
    ...lost(now, `${answer} ${items} ${items === 1 ? 'item' : 'items'}${status === null ? '' : ' refused'}.`),
    status,
  };
}

function lost(at: number, message: string): ExporterError {
  return { at, message, status: null, lost: true };
}

function grownMost(now: ReadonlyMap<number, number>, before: ReadonlyMap<number, number>): number | null {
  const grown = [...now].map(([status, count]) => ({ status, by: count - (before.get(status) ?? 0) }));
  return grown.filter(({ by }) => by > 0).sort((a, b) => b.by - a.by)[0]?.status ?? null;
}
