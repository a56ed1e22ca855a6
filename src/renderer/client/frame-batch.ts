/**
 * Collects items and hands them over once a frame, so that thousands a second cost one render a frame. A hidden page gets no
 * frames: there a timer hands over, and at most `capacity` items are kept (the oldest go; `flush` is told how many).
 */
export class FrameBatch<Item> {
  #items: Item[] = [];
  #lost = 0;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly flush: (items: Item[], lost: number) => void,
    private readonly capacity: number,
  ) {}

  push(items: readonly Item[]): void {
    this.#items = this.#items.length === 0 ? [...items] : this.#items.concat(items);
    if (this.#items.length > this.capacity) {
      this.#lost += this.#items.length - this.capacity;
      this.#items = this.#items.slice(-this.capacity);
    }
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(this.handOver);
    this.#timer = setTimeout(this.handOver, hiddenPageMs);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
    this.#items = [];
    this.#lost = 0;
  }

  /** At once, without waiting for the frame. */
  readonly handOver = (): void => {
    const items = this.#items;
    const lost = this.#lost;
    this.stop();
    if (items.length > 0 || lost > 0) this.flush(items, lost);
  };
}

const hiddenPageMs = 1000;
