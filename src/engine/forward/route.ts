import { Backoff } from '../faults/backoff';
import type { JournalPosition } from '../journal/journal-writer-port';
import type { Signal } from '../wire/signal';
import type { Chunk, ChunkSource, Parcel } from './chunk-source';
import { comparePositions } from './compare-positions';
import { type DestinationClient, MAX_CONNECTIONS } from './destination-client';
import type { ForwardLimits } from './forward-limits';
import type { ForwardTally } from './forward-tally';
import type { PackRequest } from './pack-request';
import { Standing } from './standing';

interface Sending {
  readonly chunk: Chunk;
  readonly cancel: AbortController;
  done: boolean;
}

/**
 * The way of what is received to one destination: follows the journal from a position on and sends it in chunks, some at
 * a time, each until it is taken, refused or given up.
 */
export class Route {
  /** Everything before it is done with; the journal from here on is still needed. */
  position: JournalPosition;
  private readonly sending: Sending[] = [];
  private active = 0;
  private readonly backoff: Backoff;
  private readonly standing = new Standing();
  private readonly sleepers = new Set<() => void>();
  private end: JournalPosition | null = null;
  private stopped = false;
  private grown = true;
  private giveUpBefore: JournalPosition = { segment: 0, position: 0 };
  private readonly running: Promise<void>;

  constructor(
    private readonly source: ChunkSource,
    private readonly client: DestinationClient,
    private readonly pack: PackRequest,
    private readonly tally: ForwardTally,
    private readonly limits: ForwardLimits,
    private readonly onMoved: () => void,
  ) {
    this.position = source.position;
    const { firstPauseMs: firstMs, lastPauseMs: lastMs, now, random } = limits;
    this.backoff = new Backoff({ firstMs, lastMs, now, random });
    this.running = this.run();
  }

  get isFailing(): boolean {
    return this.standing.isFailing;
  }

  /** What is on its way or waits to be tried again. */
  get underWay(): { requests: number; bytes: number } {
    const waiting = this.sending.filter(({ done }) => !done);
    return {
      requests: waiting.reduce((sum, { chunk }) => sum + chunk.requests, 0),
      bytes: waiting.reduce((sum, { chunk }) => sum + chunk.bytes, 0),
    };
  }

  /** Up to here the journal has been read. */
  get readPosition(): JournalPosition {
    return this.source.position;
  }

  /** The journal has grown. */
  advanced(): void {
    this.grown = true;
    this.wake();
  }

  /** Gives up what stands before a position, and what is too old. */
  giveUp(before: JournalPosition): void {
    this.giveUpBefore = before;
    for (const { chunk, cancel } of this.sending) if (this.isGivenUp(chunk)) cancel.abort();
    this.wake();
  }

  /**
   * Sends what stands before `end`, each request until a first failure ends it all. Resolves when nothing is under way.
   * Asked again, it keeps to the first end: what was received after it is not for this destination.
   */
  async finish(end: JournalPosition): Promise<void> {
    this.end ??= end;
    this.wake();
    await this.running;
  }

  /** Ends what is under way; `position` then tells from where on to send again. */
  async stop(): Promise<void> {
    this.halt();
    await this.running;
  }

  private halt(): void {
    this.stopped = true;
    for (const { cancel } of this.sending) cancel.abort();
    this.wake();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      if (this.sending.length >= MAX_CONNECTIONS) {
        await this.sleep(null);
        continue;
      }
      this.grown = false;
      const chunk = await this.source.next(this.end);
      if (chunk) {
        const sending = { chunk, cancel: new AbortController(), done: false };
        this.sending.push(sending);
        void this.send(sending);
      } else if (this.end) break;
      else await this.gather();
    }
    while (this.active > 0) await this.sleep(null);
    await this.source.close();
    this.client.close();
  }

  /** Waits until the journal grows, then a little longer, so that small requests leave together. */
  private async gather(): Promise<void> {
    while (!this.grown && !this.end && !this.stopped) await this.sleep(null);
    const from = this.limits.now();
    for (let left = this.limits.gatherMs; left > 0 && !this.end && !this.stopped; ) {
      await this.sleep(left);
      left = from + this.limits.gatherMs - this.limits.now();
    }
  }

  private async send(sending: Sending): Promise<void> {
    const { chunk } = sending;
    this.active++;
    const finished = await Promise.all(chunk.parcels.map((parcel) => this.deliver(sending, parcel)));
    this.active--;
    sending.done = finished.every(Boolean);
    while (this.sending[0]?.done) {
      this.position = this.sending.shift()!.chunk.end;
      this.onMoved();
    }
    this.wake();
  }

  /** False when it was stopped before it was done. */
  private async deliver({ chunk, cancel }: Sending, { signal, requests, items }: Parcel): Promise<boolean> {
    let body: Uint8Array | null = null;
    for (;;) {
      if (this.stopped) return false;
      if (this.isGivenUp(chunk)) return this.drop(signal, items, null);
      const wait = this.backoff.waitMs();
      if (wait > 0 && !this.end) {
        await this.sleep(wait);
        continue;
      }
      if (!body) {
        const packed = this.pack(signal, requests);
        if ('problem' in packed) return this.drop(signal, items, packed.problem);
        body = packed.body;
      }
      const startedAt = this.limits.now();
      const attempt = this.standing.begin();
      const outcome = await this.client.send(signal, body, cancel.signal);
      if (outcome.kind === 'cancelled') continue;
      if (outcome.kind === 'retry') {
        this.standing.settle(signal, attempt, true);
        this.backoff.failed(startedAt, outcome.afterMs);
        this.tally.failed(outcome.message, { status: outcome.status, lost: false });
        if (this.end) this.halt();
        continue;
      }
      this.backoff.succeeded();
      if (outcome.kind === 'refused') {
        this.standing.settle(signal, attempt, true);
        this.tally.addDropped(signal, items);
        this.tally.failed(outcome.message, { status: outcome.status, lost: true });
        return true;
      }
      this.takeSent(signal, items, outcome, { attempt, bytes: body.length });
      return true;
    }
  }

  /** A success that rejects all that it was given is a refusal, whatever its status says. */
  private takeSent(
    signal: Signal,
    items: number,
    { rejected, message }: { rejected: number; message: string | null },
    { attempt, bytes }: { attempt: number; bytes: number },
  ): void {
    const refusedAll = items > 0 && rejected >= items;
    this.standing.settle(signal, attempt, refusedAll);
    if (refusedAll) this.tally.addDropped(signal, items);
    else this.tally.addSent(signal, items, rejected, bytes);
    if (rejected > 0 || message !== null) {
      this.tally.failed(message ?? `it rejected ${rejected} of ${items} items`, { status: 200, lost: rejected > 0 });
    }
  }

  private drop(signal: Signal, items: number, message: string | null): true {
    this.tally.addDropped(signal, items);
    const lost = { status: null, lost: true };
    if (message !== null) this.tally.failed(message, lost);
    else if (!this.isFailing) this.tally.failed('more waited than is kept for it; the oldest was given up', lost);
    return true;
  }

  private isGivenUp({ end, receivedMs }: Chunk): boolean {
    return comparePositions(end, this.giveUpBefore) <= 0 || receivedMs < this.limits.now() - this.limits.maxAgeMs;
  }

  /** Until something changes; at most `milliseconds`. */
  private sleep(milliseconds: number | null): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = milliseconds === null ? undefined : setTimeout(wake, milliseconds);
      this.sleepers.add(wake);
    });
  }

  private wake(): void {
    for (const wake of [...this.sleepers]) wake();
  }
}
