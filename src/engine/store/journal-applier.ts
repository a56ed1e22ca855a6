import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Problem } from '../../shared/problem';
import { Backoff } from '../faults/backoff';
import type { JournalReader, JournalRecord } from '../journal/journal-reader';
import type { JournalPosition } from '../journal/journal-writer-port';
import { PositionWaiters } from './position-waiters';
import type { Store } from './store';

export interface ApplierEvents {
  onApplied(position: JournalPosition): void;
  onProblem(id: string, problem: Problem): void;
  /** A commit failed, with DuckDB's error; the applier has ended. */
  onFailed(error: Error): void;
  /** The journal cannot be read on, with Node's error; it is tried again, ever less often. Null: it is read. */
  onStuck(error: Error | null): void;
}

/** Rows become visible at most this long after they are durable, as long as the store keeps up. */
const COMMIT_INTERVAL_MS = 100;
/** While it does not keep up, fewer and larger commits cost less: a sixth of all CPU time of a span. */
const BEHIND_INTERVAL_MS = 400;
/** Who waits for what was decoded does not wait for the interval, but no more commits are made for that than one in this time. */
const AWAITED_INTERVAL_MS = 20;
/** DuckDB's row group: DuckDB takes whole ones over as they are. */
const MAX_WAITING_ROWS = 122_880;
/** Decoding gives way to queries after this time. */
const TURN_MS = 5;
const READING = { firstMs: 1000, lastMs: 30_000, now: () => performance.now(), random: () => 1 };

/**
 * Applies the journal to the store, in order, one commit after the other while the next records are decoded; other work on
 * the store waits its turn here.
 */
export class JournalApplier {
  private readonly tasks: { run(): Promise<void>; reject(error: Error): void }[] = [];
  private stopping = false;
  private isAbandoned = false;
  /** The journal has grown since the last read began. */
  private grown = false;
  private endSleep: (reason: 'grown' | 'asked') => void = () => {};
  private position: JournalPosition | null;
  /** Where the transaction that was begun last ends. */
  private staged: JournalPosition | null;
  private committing: Promise<void> = Promise.resolve();
  private failure: Error | null = null;
  /** By the clock of `performance`; the first commit is due at once. */
  private lastCommit = Number.NEGATIVE_INFINITY;
  private running: Promise<void> = Promise.resolve();
  /** By the clock of `performance`: nothing is read before. */
  private heldUntil = Number.NEGATIVE_INFINITY;
  private isStuck: boolean | null = null;
  private foundNothing = false;
  private readonly waiters = new PositionWaiters();

  constructor(
    private readonly store: Store,
    private readonly journal: Pick<JournalReader, 'read' | 'end'>,
    private readonly events: ApplierEvents,
    private readonly reading = new Backoff(READING),
  ) {
    this.position = store.position();
    this.staged = this.position;
  }

  /** Reads nothing for so long; other work on the store is done. */
  start(holdMs = 0): void {
    this.heldUntil = performance.now() + holdMs;
    this.running = this.run().then(
      () => this.ended(new Error('The store was closed.')),
      async (error: Error) => {
        await this.committing.catch(() => {});
        this.ended(error);
        this.events.onFailed(error);
      },
    );
  }

  /** The journal has grown. */
  advanced(): void {
    this.grown = true;
    this.endSleep('grown');
  }

  /** Runs a task that writes to the store, when nothing waits for a commit. Rejects when the applier has failed. */
  schedule<Result>(task: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.failure) return reject(this.failure);
      this.tasks.push({ run: () => task().then(resolve, reject), reject });
      this.endSleep('asked');
    });
  }

  /**
   * Resolves when everything before the position is committed, also while more arrives. Rejects with the signal's reason, and
   * when the applier has failed.
   */
  applied(position: JournalPosition, signal: AbortSignal): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    const applied = this.waiters.wait(position, signal);
    this.advanced();
    // What is decoded already may be waiting for the end of the commit interval.
    this.endSleep('asked');
    return applied;
  }

  /** Everything that the journal has is applied. */
  isCaughtUp(): boolean {
    return this.foundNothing && !this.isPending() && this.barredMs() <= 0;
  }

  /** It was told to wait before it begins. */
  isHeld(): boolean {
    return this.heldUntil > performance.now();
  }

  /** Applies what the journal has now, and ends; resolves also when a commit fails: the journal keeps the rest. */
  async drain(): Promise<void> {
    this.stopping = true;
    this.endSleep('asked');
    await this.running;
  }

  /** Ends with what is under way; the journal keeps the rest. */
  async abandon(): Promise<void> {
    this.isAbandoned = true;
    this.endSleep('asked');
    await this.running;
  }

  private ended(reason: Error): void {
    this.failure = reason;
    for (const { reject } of this.tasks.splice(0)) reject(reason);
    this.waiters.fail(reason);
  }

  private async run(): Promise<void> {
    while (!this.isAbandoned) {
      this.grown = false;
      const records = await this.read();
      if (records.length > 0) await this.decode(records);
      else this.passEnd();
      const idle = records.length === 0;
      this.foundNothing = idle;
      if (this.isDue(idle)) await this.commit();
      if (idle) {
        await this.committing;
        if (!this.isPending()) this.waiters.reached(this.journal.end());
      }
      if (this.tasks.length > 0) await this.runTasks();
      if (!idle) continue;
      if (this.stopping && !this.isPending()) return;
      if (!this.stopping && !this.isAbandoned && this.tasks.length === 0) await this.sleep();
    }
    await this.committing.catch(() => {});
  }

  /** None also while the journal cannot be read: what came before is committed, and other work done. */
  private async read(): Promise<JournalRecord[]> {
    if (!this.stopping && this.barredMs() > 0) return [];
    const startedAt = performance.now();
    try {
      const records = await this.journal.read();
      this.reading.succeeded();
      if (this.isStuck !== false) this.events.onStuck(null);
      this.isStuck = false;
      return records;
    } catch (error) {
      this.reading.failed(startedAt, null);
      this.isStuck = true;
      this.events.onStuck(error as Error);
      return [];
    }
  }

  private barredMs(): number {
    return Math.max(this.reading.waitMs(), this.heldUntil - performance.now());
  }

  /** A segment that ends with what is not a record is done with when the reader has gone on to the next one. */
  private passEnd(): void {
    const end = this.journal.end();
    if (end.segment > (this.position?.segment ?? 0)) this.position = end;
  }

  private async runTasks(): Promise<void> {
    if (this.isPending()) await this.commit();
    await this.committing;
    for (let task = this.tasks.shift(); task; task = this.tasks.shift()) await task.run();
  }

  private isPending(): boolean {
    return this.position !== this.staged;
  }

  private isDue(idle: boolean): boolean {
    if (!this.isPending()) return false;
    if (this.store.waiting() >= MAX_WAITING_ROWS || (idle && this.stopping)) return true;
    return performance.now() - this.lastCommit >= this.intervalMs(idle);
  }

  private intervalMs(idle: boolean): number {
    if (this.position && this.waiters.isAwaited(this.position)) return AWAITED_INTERVAL_MS;
    return idle ? COMMIT_INTERVAL_MS : BEHIND_INTERVAL_MS;
  }

  /** Until the next commit is due or, when nothing waits for one, until the journal grows or may be read again. */
  private sleep(): Promise<void> {
    const barredMs = this.barredMs();
    if (!this.isPending() && barredMs <= 0) {
      if (this.grown) return Promise.resolve();
      return new Promise((resolve) => {
        this.endSleep = () => resolve();
      });
    }
    return new Promise((resolve) => {
      const dueMs = this.intervalMs(true) - (performance.now() - this.lastCommit);
      const timer = setTimeout(resolve, this.isPending() ? dueMs : barredMs);
      this.endSleep = (reason) => {
        if (reason === 'grown') return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async decode(records: readonly JournalRecord[]): Promise<void> {
    let turn = performance.now();
    for (const { signal, payload, crc, receivedMs, end } of records) {
      try {
        this.store.decode(signal, payload, crc, receivedMs);
      } catch (error) {
        this.events.onProblem('request-unreadable', unreadable(signal, error));
      }
      this.position = end;
      if (this.store.waiting() >= MAX_WAITING_ROWS) await this.commit();
      if (performance.now() - turn >= TURN_MS) {
        await nextTurn();
        turn = performance.now();
      }
    }
  }

  /** Resolves when decoding can go on, beside DuckDB's commit. */
  private async commit(): Promise<void> {
    await this.committing;
    this.lastCommit = performance.now();
    const { position } = this;
    const finish = await this.store.stage(position);
    this.staged = position;
    this.committing = finish().then(() => {
      if (!position) return;
      this.waiters.reached(position);
      this.events.onApplied(position);
    });
    // A failure shows where it is awaited.
    this.committing.catch(() => {});
  }
}

function unreadable(signal: string, error: unknown): Problem {
  return {
    kind: 'request-unreadable',
    message: `A ${signal} request could not be decoded and was left out.`,
    hint: 'Please report the details.',
    details: error instanceof Error ? error.stack : String(error),
    lifetime: 'until-seen',
  };
}
