/** Fewer ids than this are looked up by bisection. */
const FEW = 32;

/** A set of dictionary ids. */
export class IdSet {
  private readonly bits: Uint32Array | null;

  /** `ids` ascending. */
  constructor(readonly ids: Uint32Array) {
    this.bits = ids.length < FEW ? null : new Uint32Array((this.last - this.first) / 32 + 1);
    for (const id of this.bits ? ids : []) this.bits![(id - this.first) >>> 5]! |= 1 << ((id - this.first) & 31);
  }

  get first(): number {
    return this.ids[0] ?? 0;
  }

  get last(): number {
    return this.ids[this.ids.length - 1] ?? 0;
  }

  has(id: number): boolean {
    if (id < this.first || id > this.last) return false;
    if (!this.bits) return this.ids.includes(id);
    return (this.bits[(id - this.first) >>> 5]! & (1 << ((id - this.first) & 31))) !== 0;
  }
}

/** Where `value` stands in the ascending array, or -1. */
export function indexIn(values: ArrayLike<number>, value: number): number {
  let [low, high] = [0, values.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = values[middle]!;
    if (found === value) return middle;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
