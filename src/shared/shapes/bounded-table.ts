import { hashText } from './hash-text';

/**
 * Values by key, of at most so many keys. Which ones stay depends on the keys alone: those whose hash is least. So two tables
 * of the same keys hold the same ones, whatever order they came in, and what is held was counted from the first time on.
 */
export class BoundedTable<Value> {
  #rows = new Map<string, Value>();
  #bound: string | undefined;

  constructor(
    readonly most: number,
    /** Something of a key that is not held came, or it is not held any more. */
    private readonly dropped: (value: Value | undefined) => void = () => undefined,
  ) {}

  /** Undefined: the key is not among those that are held. */
  at(key: string, make: () => Value): Value | undefined {
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    if (this.#bound !== undefined && hashText(key) > this.#bound) {
      this.dropped(undefined);
      return undefined;
    }
    const made = make();
    this.#rows.set(key, made);
    if (this.#rows.size < 2 * this.most) return made;
    this.#prune(key);
    if (this.#rows.has(key)) return made;
    this.dropped(undefined);
    return undefined;
  }

  /** In no order; some beyond `most` may be among them, counted as whole as the others. */
  held(): Iterable<[string, Value]> {
    return this.#rows;
  }

  /** In no order. */
  values(): Iterable<Value> {
    if (this.#rows.size > this.most) this.#prune();
    return this.#rows.values();
  }

  /** By key, in the order of their texts. */
  entries(): [string, Value][] {
    if (this.#rows.size > this.most) this.#prune();
    return [...this.#rows].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  }

  /** `unheld`: a key whose value nobody has filled yet. */
  #prune(unheld?: string): void {
    const byHash = [...this.#rows].map(([key, value]) => ({ key, value, hash: hashText(key) }));
    byHash.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : a.key < b.key ? -1 : 1));
    this.#bound = byHash[this.most - 1]!.hash;
    for (const { key, value } of byHash.slice(this.most)) {
      this.#rows.delete(key);
      if (key !== unheld) this.dropped(value);
    }
  }
}
