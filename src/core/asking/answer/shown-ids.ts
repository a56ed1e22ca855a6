const shortest = 8;
const mostKept = 5000;

/**
 * Ids of traces as answers show them: their first digits, as many as tell them from all others that were shown. A backend that cannot look
 * for the start of an id is asked for what is remembered here.
 */
export class ShownIds {
  /** Whole ids by their first digits, oldest first. */
  readonly #known = new Map<string, Set<string>>();

  show(traceId: string): string {
    const digits = withoutZeros(traceId);
    const start = digits.slice(0, shortest);
    const alike = this.#known.get(start) ?? new Set();
    this.#known.delete(start);
    this.#known.set(start, alike.add(traceId));
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKept && oldest !== undefined) this.#known.delete(oldest);
    let length = shortest;
    while (
      length < digits.length &&
      [...alike].some((other) => other !== traceId && startsWith(other, digits.slice(0, length)))
    )
      length++;
    return digits.slice(0, length);
  }

  /** A text of others' making, whole ids in it shown as ours are. */
  shorten(text: string): string {
    return text.replace(/(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g, (id) => this.show(id));
  }

  /** Those that were shown and begin so. */
  find(start: string): string[] {
    const digits = withoutZeros(start);
    const near = this.#known.get(digits.slice(0, shortest)) ?? [...this.#known.values()].flatMap((ids) => [...ids]);
    return [...near].filter((id) => startsWith(id, digits));
  }
}

/** Ids of 64 bits have sixteen zeros in front; Tempo shows none. */
export function withoutZeros(id: string): string {
  return id.toLowerCase().replace(/^0+(?=.)/, '');
}

export function startsWith(id: string, digits: string): boolean {
  return withoutZeros(id).startsWith(digits);
}
