import { randomUUID } from 'node:crypto';
import { withEventMeta } from '@orpc/server';

/** What readers are told besides the batches of the tail itself. */
export interface TailWords<Batch> {
  /** To a reader who was not there before, or whose place is not known any more: the tail begins here. */
  begin: Batch;
  /** The source tells by itself that it is open, which a reader who was there before it need not be told twice. */
  saysBegin?: boolean;
  /** Items of a batch, and about how many bytes they hold. */
  weigh(batch: Batch): { items: number; bytes: number };
  /** Said in place of so many items that are not kept any more. */
  missed(items: number): Batch;
}

/** What is kept for a reader who is away or slow; the newest batch is kept whatever its size. */
const mostItems = 5_000;
const mostBytes = 8 * 1024 * 1024;

interface Kept<Batch> {
  batch: Batch;
  /** Of the batch, from 1. */
  number: number;
  /** Items told before it. */
  before: number;
  items: number;
  bytes: number;
}

/** Where a reader stands: the last batch that it has, and the items up to it. */
interface Place {
  number: number;
  items: number;
}

/**
 * One live tail with its newest batches. Each reader stands at a place of its own; who comes back with the id of the last
 * event that it has gets what came since, and the number of items that were too many to keep.
 */
export class KeptTail<Batch extends object> {
  readonly #id = randomUUID();
  readonly #words: TailWords<Batch>;
  readonly #ring: Kept<Batch>[] = [];
  readonly #wakes = new Set<() => void>();
  #told: Place = { number: 0, items: 0 };
  #bytes = 0;
  #failure: { error: unknown } | null = null;
  #ended = false;
  #readers = 0;

  constructor(words: TailWords<Batch>, source: AsyncGenerator<Batch>) {
    this.#words = words;
    void this.#follow(source);
  }

  get readers(): number {
    return this.#readers;
  }

  /** Over: it tells nothing new any more. */
  get over(): boolean {
    return this.#ended || this.#failure !== null;
  }

  /** Null where the id is none of this tail. */
  placeOf(eventId: string | undefined): Place | null {
    const [id, number, items] = eventId?.split(':') ?? [];
    const place = { number: Number(number), items: Number(items) };
    const known = id === this.#id && place.number <= this.#told.number && place.items <= this.#told.items;
    return known && place.number >= 0 && place.items >= 0 ? place : null;
  }

  /** From a place on, or from now on; ends with the signal, or as the tail does. */
  async *read(from: Place | null, signal: AbortSignal): AsyncGenerator<Batch> {
    let place = from ?? this.#told;
    let wake = () => {};
    const called = () => wake();
    this.#wakes.add(called);
    signal.addEventListener('abort', called);
    this.#readers += 1;
    try {
      const isToldBySource = this.#words.saysBegin === true && place.number === 0;
      if (!from && !isToldBySource) yield this.#withId(this.#words.begin, place);
      while (!signal.aborted) {
        const next = this.#after(place);
        if (next) {
          place = next.place;
          yield this.#withId(next.batch, place);
        } else if (this.#failure) throw this.#failure.error;
        else if (this.#ended) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      this.#readers -= 1;
      this.#wakes.delete(called);
      signal.removeEventListener('abort', called);
    }
  }

  #after({ number, items }: Place): { batch: Batch; place: Place } | null {
    const oldest = this.#ring[0];
    if (!oldest) return null;
    if (number + 1 < oldest.number) {
      const place = { number: oldest.number - 1, items: oldest.before };
      return { batch: this.#words.missed(oldest.before - items), place };
    }
    const kept = this.#ring[number + 1 - oldest.number];
    return kept ? { batch: kept.batch, place: { number: kept.number, items: kept.before + kept.items } } : null;
  }

  #withId(batch: Batch, { number, items }: Place): Batch {
    return withEventMeta({ ...batch }, { id: `${this.#id}:${number}:${items}` });
  }

  async #follow(source: AsyncGenerator<Batch>): Promise<void> {
    try {
      for await (const batch of source) this.#keep(batch);
      this.#ended = true;
    } catch (error) {
      this.#failure = { error };
    }
    this.#wakeAll();
  }

  #keep(batch: Batch): void {
    const { items, bytes } = this.#words.weigh(batch);
    const { number, items: before } = this.#told;
    this.#ring.push({ batch, number: number + 1, before, items, bytes });
    this.#told = { number: number + 1, items: before + items };
    this.#bytes += bytes;
    for (;;) {
      const oldest = this.#ring[0]!;
      const full = this.#told.items - oldest.before > mostItems || this.#bytes > mostBytes;
      if (!full || this.#ring.length === 1) break;
      this.#bytes -= oldest.bytes;
      this.#ring.shift();
    }
    this.#wakeAll();
  }

  #wakeAll(): void {
    for (const wake of this.#wakes) wake();
  }
}
