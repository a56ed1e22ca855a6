import { setImmediate as nextTurn } from 'node:timers/promises';

/** Other work of the thread waits at most about this long. */
const SLICE_MS = 4;
/** The clock is read once for so many steps. */
const STEPS_A_LOOK = 64;

/** Lets the thread's other work run during a long evaluation, and ends the evaluation when its signal aborts. */
export class Pace {
  private sliceStart: number;
  private steps = 0;

  constructor(
    private readonly signal?: AbortSignal,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.sliceStart = now();
  }

  /** To be asked once a small step of work; true when `turn` is to be awaited. */
  isDue(): boolean {
    this.steps++;
    return this.steps % STEPS_A_LOOK === 0 && this.now() - this.sliceStart > SLICE_MS;
  }

  /** Rejects with the signal's reason once it is aborted. */
  async turn(): Promise<void> {
    await nextTurn();
    this.sliceStart = this.now();
    this.signal?.throwIfAborted();
  }
}
