import { setImmediate } from 'node:timers/promises';
import { PromqlFailure } from '../promql-error';

const SLICE_MS = 12;
const WORK_BETWEEN_LOOKS = 20_000;

/** Lets the thread's other work run during a long evaluation, and ends the evaluation when its signal aborts. */
export class Pace {
  #sliceStart = performance.now();
  #work = 0;

  constructor(readonly signal?: AbortSignal) {}

  /** `items.map(compute)` with pauses between the items. */
  async map<Item, Result>(items: Iterable<Item>, compute: (item: Item) => Result): Promise<Result[]> {
    const results: Result[] = [];
    for (const item of items) {
      results.push(compute(item));
      if (this.isDue) await this.pause();
    }
    return results;
  }

  /** To be awaited wherever `isDue`. */
  async pause(): Promise<void> {
    await setImmediate();
    this.#sliceStart = performance.now();
    this.check();
  }

  /** Whether a pause is due, looking at the clock only once in a while; `work` is in units of about ten nanoseconds. */
  isDueAfter(work: number): boolean {
    this.#work += work;
    if (this.#work < WORK_BETWEEN_LOOKS) return false;
    this.#work = 0;
    return this.isDue;
  }

  get isDue(): boolean {
    return performance.now() - this.#sliceStart > SLICE_MS;
  }

  check(): void {
    if (!this.signal?.aborted) return;
    const reason: unknown = this.signal.reason;
    const timedOut = reason instanceof Error && reason.name === 'TimeoutError';
    throw new PromqlFailure(
      timedOut
        ? { kind: 'timeout', message: 'query timed out in expression evaluation' }
        : { kind: 'canceled', message: 'query was canceled in expression evaluation' },
    );
  }
}
