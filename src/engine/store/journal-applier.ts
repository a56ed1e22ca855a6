import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Problem } from '../../shared/problem';
import type { JournalReader, JournalRecord } from '../journal/journal-reader';
import type { JournalPosition } from '../journal/journal-writer-port';
import type { Store } from './store';

export interface ApplierEvents {
  onApplied(position: JournalPosition): void;
  onProblem(id: string, problem: Problem): void;
  onSolved(id: string): void;
}

/** Rows become visible at most this long after they are durable, as long as the store keeps up. */
const COMMIT_INTERVAL_MS = 100;
const MAX_WAITING_ROWS = 100_000;
/** Decoding gives way to queries after this time. */
const TURN_MS = 5;
const RETRY_MS = 1000;

/** Applies the journal to the store, in order, one commit after the other; other work on the store waits its turn here. */
export class JournalApplier {
  private readonly tasks: (() => Promise<void>)[] = [];
  private stopping = false;
  /** The journal has grown since the last read began. */
  private grown = false;
  private endSleep: (reason: 'grown' | 'asked') => void = () => {};
  private position: JournalPosition | null;
  private lastCommit = 0;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly journal: Pick<JournalReader, 'read'>,
    private readonly events: ApplierEvents,
  ) {
    this.position = store.position();
  }

  start(): void {
    this.running = this.run();
  }

  /** The journal has grown. */
  advanced(): void {
    this.grown = true;
    this.endSleep('grown');
  }

  /** Runs a task that writes to the store, when nothing waits for a commit. */
  schedule<Result>(task: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.tasks.push(() => task().then(resolve, reject));
      this.endSleep('asked');
    });
  }

  /** Applies what the journal has now, and ends. Gives up when the database cannot be written: the journal keeps it. */
  async drain(): Promise<void> {
    this.stopping = true;
    this.endSleep('asked');
    await this.running;
  }

  private async run(): Promise<void> {
    for (;;) {
      this.grown = false;
      const records = await this.journal.read();
      if (records.length > 0) await this.decode(records);
      const idle = records.length === 0;
      if ((this.isDue(idle) || (this.tasks.length > 0 && this.isPending())) && !(await this.commit())) return;
      for (let task = this.tasks.shift(); task; task = this.tasks.shift()) await task();
      if (!idle) continue;
      if (this.stopping && !this.isPending()) return;
      if (!this.stopping && this.tasks.length === 0) await this.sleep();
    }
  }

  private isPending(): boolean {
    return this.position !== this.store.position();
  }

  private isDue(idle: boolean): boolean {
    if (!this.isPending()) return false;
    if (this.store.waiting() >= MAX_WAITING_ROWS || (idle && this.stopping)) return true;
    return performance.now() - this.lastCommit >= COMMIT_INTERVAL_MS;
  }

  /** Until the next commit is due or, when nothing waits for one, until the journal grows. */
  private sleep(): Promise<void> {
    if (!this.isPending()) {
      if (this.grown) return Promise.resolve();
      return new Promise((resolve) => {
        this.endSleep = () => resolve();
      });
    }
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, COMMIT_INTERVAL_MS - (performance.now() - this.lastCommit));
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
      if (this.store.waiting() >= MAX_WAITING_ROWS && !(await this.commit())) return;
      if (performance.now() - turn >= TURN_MS) {
        await nextTurn();
        turn = performance.now();
      }
    }
  }

  /** Tries until it is done; false when stopping makes it give up. */
  private async commit(): Promise<boolean> {
    this.lastCommit = performance.now();
    for (let attempt = 0; ; attempt++) {
      try {
        if (attempt > 0) await this.store.reopen(this.position);
        if (this.isPending()) await this.store.commit(this.position);
        if (attempt > 0) this.events.onSolved('store-unwritable');
        this.events.onApplied(this.position!);
        return true;
      } catch (error) {
        this.events.onProblem('store-unwritable', unwritable(error));
        if (this.stopping) return false;
        await pause(RETRY_MS);
      }
    }
  }
}

function unreadable(signal: string, error: unknown): Problem {
  return {
    kind: 'request-unreadable',
    message: `A ${signal} request could not be decoded and was left out.`,
    hint: 'Please report the details.',
    details: error instanceof Error ? error.stack : String(error),
  };
}

function unwritable(error: unknown): Problem {
  const details = error instanceof Error ? error.message : String(error);
  return /no space|ENOSPC|disk full|out of disk/i.test(details)
    ? {
        kind: 'disk-full',
        message: 'The disk is full: received telemetry waits in the journal.',
        hint: 'Free some space; it is taken up by itself.',
        details,
      }
    : {
        kind: 'store-unwritable',
        message: 'The database cannot be written: received telemetry waits in the journal.',
        hint: 'It is tried again by itself.',
        details,
      };
}
