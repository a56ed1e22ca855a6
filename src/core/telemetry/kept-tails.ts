import { KeptTail, type TailWords } from './kept-tail';

interface KeptTailsOptions<Batch> extends TailWords<Batch> {
  open(query: string, signal: AbortSignal): AsyncGenerator<Batch>;
  /** A tail goes on without a reader so long: a page that lost its connection is back by then. */
  keepMs?: number;
}

interface Entry<Batch extends object> {
  tail: KeptTail<Batch>;
  abort: AbortController;
  leaving: NodeJS.Timeout | undefined;
}

/** Without a reader: more of them cost the backend more than their readers are worth. */
const mostAlone = 4;

/** The live tails of one signal, one for each query, which outlive the connections of their readers for a while. */
export class KeptTails<Batch extends object> {
  readonly #options: KeptTailsOptions<Batch>;
  readonly #entries = new Map<string, Entry<Batch>>();

  constructor(options: KeptTailsOptions<Batch>) {
    this.#options = options;
  }

  /** `lastEventId` is of the last event that the reader has, where it had this tail before. */
  async *follow(query: string, lastEventId: string | undefined, signal: AbortSignal): AsyncGenerator<Batch> {
    const entry = this.#entryOf(query);
    clearTimeout(entry.leaving);
    try {
      yield* entry.tail.read(entry.tail.placeOf(lastEventId), signal);
    } finally {
      this.#left(query, entry);
    }
  }

  /** Ends all of them. */
  close(): void {
    for (const [query, entry] of this.#entries) this.#end(query, entry);
  }

  #entryOf(query: string): Entry<Batch> {
    const known = this.#entries.get(query);
    if (known && !known.tail.over) return known;
    const abort = new AbortController();
    const tail = new KeptTail(this.#options, this.#options.open(query, abort.signal));
    const entry: Entry<Batch> = { tail, abort, leaving: undefined };
    this.#entries.set(query, entry);
    return entry;
  }

  #left(query: string, entry: Entry<Batch>): void {
    if (entry.tail.readers > 0 || this.#entries.get(query) !== entry) return;
    if (entry.tail.over) {
      this.#end(query, entry);
      return;
    }
    entry.leaving = setTimeout(() => this.#end(query, entry), this.#options.keepMs ?? 60_000).unref();
    const alone = [...this.#entries].filter(([, { tail }]) => tail.readers === 0);
    for (const [oldest, each] of alone.slice(0, -mostAlone)) this.#end(oldest, each);
  }

  #end(query: string, entry: Entry<Batch>): void {
    clearTimeout(entry.leaving);
    entry.abort.abort();
    if (this.#entries.get(query) === entry) this.#entries.delete(query);
  }
}
