import { setImmediate as nextTurn } from 'node:timers/promises';

/** Other work of the thread waits at most about this long, and as long as one step takes. */
const SLICE_MS = 5;
/** The clock is read once for so much work: about a fifth of a millisecond. */
const WORK_A_LOOK = 20_000;

/** Lets the thread's other work run during a long query, and ends the query when its signal aborts. */
export class Pace {
  private sliceStart: number;
  private work = 0;

  constructor(
    readonly signal?: AbortSignal,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.sliceStart = now();
  }

  /** To be asked between two steps of work; true when `turn` is to be awaited. Asking takes as long as some steps of a loop. */
  isDue(): boolean {
    return this.now() - this.sliceStart > SLICE_MS;
  }

  /** The same for small steps: looks at the clock only once in a while. `work` is in units of about ten nanoseconds. */
  isDueAfter(work: number): boolean {
    this.work += work;
    if (this.work < WORK_A_LOOK) return false;
    this.work = 0;
    return this.isDue();
  }

  /** Rejects with the signal's reason once it is aborted. */
  async turn(): Promise<void> {
    await nextTurn();
    this.sliceStart = this.now();
    this.signal?.throwIfAborted();
  }

  /** `items.map(compute)` with turns between the items. */
  async map<Item, Result>(items: Iterable<Item>, compute: (item: Item) => Result): Promise<Result[]> {
    const results: Result[] = [];
    for (const item of items) {
      results.push(compute(item));
      if (this.isDue()) await this.turn();
    }
    return results;
  }
}
