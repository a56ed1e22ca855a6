import { setImmediate as nextTurn } from 'node:timers/promises';

/** Other work of the thread waits at most about this long, and as long as one line takes. */
const SLICE_MS = 5;

/** Lets the thread's other work run during a long query, and ends the query when its signal aborts. */
export class Pace {
  private sliceStart: number;

  constructor(
    private readonly signal?: AbortSignal,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.sliceStart = now();
  }

  /** To be asked between two steps of work; true when `turn` is to be awaited. */
  isDue(): boolean {
    return this.now() - this.sliceStart > SLICE_MS;
  }

  /** Rejects with the signal's reason once it is aborted. */
  async turn(): Promise<void> {
    await nextTurn();
    this.sliceStart = this.now();
    this.signal?.throwIfAborted();
  }
}
