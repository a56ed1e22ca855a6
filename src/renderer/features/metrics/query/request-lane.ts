/** Requests a few at a time, in the order in which they came; one that is aborted before its turn is never made. */
export class RequestLane {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly atOnce: number) {}

  /** Rejects with the signal's reason where it is aborted. */
  async run<Answer>(signal: AbortSignal, ask: () => Promise<Answer>): Promise<Answer> {
    await this.#turn(signal);
    try {
      return await ask();
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  async #turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#running >= this.atOnce) {
      await new Promise<void>((resolve, reject) => {
        const begin = () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        };
        const giveUp = () => {
          this.#waiting.splice(this.#waiting.indexOf(begin), 1);
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', giveUp, { once: true });
        this.#waiting.push(begin);
      });
    }
    this.#running++;
  }
}
