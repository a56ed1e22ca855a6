import { setTimeout as pause } from 'node:timers/promises';
import type { CommitFeed } from '../store/reader/reader';
import type { Asked } from './asked';

/**
 * Looks at a stretch of what was stored and nobody asked about yet, some tens of milliseconds of work; resolves with whether more is left.
 * Rejects with the signal's reason.
 */
export type Ahead = (signal: AbortSignal) => Promise<boolean>;

/** After a start, queries of whoever waits for it go first. */
const FIRST_MS = 3000;
/** Nothing came for so long: it is quiet. */
const QUIET_MS = 1000;
/** Between two stretches, at least, while more arrives. */
const LEAST_PAUSE_MS = 500;
/** Fewer new rows are left to the first question: it has them at once, and a stretch for each small commit costs more than they do. */
const LEAST_ROWS = 4096;
/**
 * How long to rest after a stretch, in times of its own. While more arrives it takes a two-hundredth of the time, which is a fiftieth of what 20,000 spans
 * a second take themselves; a quarter of it while somebody asks, and half of it when nobody does.
 */
const RESTS = { arriving: 199, asked: 3, quiet: 1 } as const;

/** What `LookAhead` goes by; other ones in tests. */
export interface AheadClock {
  /** Milliseconds. */
  now(): number;
  pause(ms: number, signal: AbortSignal): Promise<unknown>;
}

const realClock: AheadClock = {
  now: () => performance.now(),
  pause: (ms, signal) => pause(ms, undefined, { signal, ref: false }),
};

/**
 * Does before it is asked for what the first question would have to wait for: reading each row once into an index. It follows commits, in short
 * stretches, so that neither what arrives nor who asks is held up.
 */
export class LookAhead {
  private readonly ending = new AbortController();
  private readonly running: Promise<void>;
  private readonly unsubscribe: () => void;
  private lastCommit = Number.NEGATIVE_INFINITY;
  private rows = 0;
  private hasMore = true;
  private wake = () => {};

  constructor(
    commits: CommitFeed,
    private readonly works: readonly Ahead[],
    private readonly asked: Pick<Asked, 'isNow'>,
    private readonly onFault: (error: unknown) => void,
    private readonly clock: AheadClock = realClock,
  ) {
    this.unsubscribe = commits.subscribe(({ spans, logs }) => {
      this.lastCommit = clock.now();
      this.rows += Number(spans.to - spans.from + logs.to - logs.from);
      if (this.rows < LEAST_ROWS) return;
      this.hasMore = true;
      this.wake();
    });
    this.running = this.run().catch((error: unknown) => {
      if (!this.ending.signal.aborted) onFault(error);
    });
  }

  /** Ends with the stretch under way given up. */
  async close(): Promise<void> {
    this.unsubscribe();
    this.ending.abort();
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    const { clock } = this;
    const { signal } = this.ending;
    await clock.pause(FIRST_MS, signal);
    while (!signal.aborted) {
      if (!this.hasMore) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        continue;
      }
      const began = clock.now();
      await this.stretch();
      await this.rest(clock.now(), clock.now() - began);
    }
  }

  private async stretch(): Promise<void> {
    const { signal } = this.ending;
    this.hasMore = false;
    this.rows = 0;
    for (const work of this.works) {
      try {
        if (await work(signal)) this.hasMore = true;
      } catch (error) {
        if (signal.aborted) return;
        // The database may be opened anew just now; with the next commit it is tried again.
        this.onFault(error);
      }
    }
  }

  /** `took`: milliseconds of the stretch that ended at `from`. */
  private async rest(from: number, took: number): Promise<void> {
    const { clock } = this;
    const { signal } = this.ending;
    for (;;) {
      const isQuiet = clock.now() - this.lastCommit >= QUIET_MS;
      const quiet = took * (this.asked.isNow ? RESTS.asked : RESTS.quiet);
      const until = from + (isQuiet ? quiet : Math.max(LEAST_PAUSE_MS, took * RESTS.arriving));
      const left = until - clock.now();
      if (left <= 0 || signal.aborted) return;
      // It may become quiet meanwhile.
      await clock.pause(Math.min(left, QUIET_MS / 2), signal);
    }
  }
}
