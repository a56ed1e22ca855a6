import type { ForwardStats } from '../../shared/engine-messages';
import { ITEMS_OF } from '../otlp/ingest-counters';
import type { Signal } from '../wire/signal';

/** What became of the requests to one destination since it was given to the engine. */
export class ForwardTally {
  private readonly sent: ForwardStats['sent'] = { spans: 0, logs: 0, points: 0 };
  private readonly dropped: ForwardStats['dropped'] = { spans: 0, logs: 0, points: 0 };
  private bytes = 0;
  private withheld = 0;
  private lastSentAt: number | null = null;
  private lastError: ForwardStats['lastError'] = null;

  constructor(private readonly now: () => number) {}

  addSent(signal: Signal, items: number, rejected: number, bytes: number): void {
    const refused = Math.min(items, Math.max(0, rejected));
    this.sent[ITEMS_OF[signal]] += items - refused;
    this.dropped[ITEMS_OF[signal]] += refused;
    this.bytes += bytes;
    this.lastSentAt = this.now();
  }

  addDropped(signal: Signal, items: number): void {
    this.dropped[ITEMS_OF[signal]] += items;
  }

  addWithheld(values: number): void {
    this.withheld += values;
  }

  /** `status`: of HTTP, null when no answer came; `lost`: it is not tried again. */
  failed(message: string, { status, lost }: { status: number | null; lost: boolean }): void {
    this.lastError = { at: this.now(), message, status, lost };
  }

  read(): Pick<ForwardStats, 'sent' | 'dropped' | 'bytes' | 'withheld' | 'lastSentAt' | 'lastError'> {
    const { bytes, withheld, lastSentAt, lastError } = this;
    return { sent: { ...this.sent }, dropped: { ...this.dropped }, bytes, withheld, lastSentAt, lastError };
  }
}
