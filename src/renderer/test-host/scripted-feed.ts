/** A call of the feed's procedure, as a handler gets it. */
export interface Opening {
  input: unknown;
  signal?: AbortSignal | undefined;
  lastEventId?: string | undefined;
}

/** A live feed whose values a test pushes, to every listener at once. A first value is told at the opening, as a state is. */
export class ScriptedFeed<Value> {
  /** Inputs of the openings so far. */
  readonly opened: unknown[] = [];
  /** What each opening said it had last. */
  readonly lastEventIds: (string | undefined)[] = [];
  readonly #listeners = new Set<Listener<Value>>();
  #state: Value | undefined;

  constructor(first?: Value) {
    this.#state = first;
  }

  /** How many listen now. */
  get listening(): number {
    return this.#listeners.size;
  }

  push(value: Value): void {
    if (this.#state !== undefined) this.#state = value;
    for (const listener of this.#listeners) listener.tell({ value });
  }

  /** Ends it for those who listen; they open it anew. */
  end(): void {
    for (const listener of this.#listeners) listener.tell('end');
  }

  /** Breaks it for those who listen, such as with an `ORPCError`. */
  fail(error: Error): void {
    for (const listener of this.#listeners) listener.tell({ error });
  }

  async *open({ input, signal, lastEventId }: Opening): AsyncGenerator<Value> {
    this.opened.push(input);
    this.lastEventIds.push(lastEventId);
    const listener = new Listener<Value>();
    if (this.#state !== undefined) listener.tell({ value: this.#state });
    this.#listeners.add(listener);
    const stop = () => listener.tell('end');
    signal?.addEventListener('abort', stop);
    try {
      for (;;) {
        const next = await listener.next();
        if (next === 'end') return;
        if ('error' in next) throw next.error;
        yield next.value;
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', stop);
    }
  }
}

type Told<Value> = { value: Value } | { error: Error } | 'end';

class Listener<Value> {
  readonly #waiting: Told<Value>[] = [];
  #wake = () => {};

  tell(told: Told<Value>): void {
    this.#waiting.push(told);
    this.#wake();
  }

  async next(): Promise<Told<Value>> {
    while (this.#waiting.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#waiting.shift()!;
  }
}
