/**
 * Remembers 64-bit fingerprints of recent things in two generations: at least the last `generationSize` of them, at
 * most twice as many. Two different things look the same with a chance of about 2^-64 for each one remembered.
 */
export class FingerprintSet {
  private current = new Generation();
  private former = new Generation();

  constructor(private readonly generationSize: number) {}

  /** False when it is remembered already. */
  add(low: number, high: number): boolean {
    // 0 marks a free slot.
    if ((low | high) === 0) low = 1;
    if (this.former.has(low, high) || !this.current.add(low, high)) return false;
    if (this.current.size >= this.generationSize) this.rotate();
    return true;
  }

  has(low: number, high: number): boolean {
    if ((low | high) === 0) low = 1;
    return this.former.has(low, high) || this.current.has(low, high);
  }

  /** Forgets the older generation. */
  rotate(): void {
    this.former = this.current;
    // As large as the last one grew: it will grow as far.
    this.current = new Generation(this.former.slotWords);
  }
}

class Generation {
  size = 0;
  private slots: Uint32Array;

  constructor(slotWords = 2 * 1024) {
    this.slots = new Uint32Array(slotWords);
  }

  get slotWords(): number {
    return this.slots.length;
  }

  has(low: number, high: number): boolean {
    const slot = this.slot(low, high);
    return (this.slots[slot * 2]! | this.slots[slot * 2 + 1]!) !== 0;
  }

  add(low: number, high: number): boolean {
    let slot = this.slot(low, high);
    if ((this.slots[slot * 2]! | this.slots[slot * 2 + 1]!) !== 0) return false;
    if (this.size * 4 > this.slots.length) {
      this.grow();
      slot = this.slot(low, high);
    }
    this.slots[slot * 2] = low;
    this.slots[slot * 2 + 1] = high;
    this.size++;
    return true;
  }

  /** The slot that holds the fingerprint, or the free one where it belongs. */
  private slot(low: number, high: number): number {
    const { slots } = this;
    const mask = slots.length / 2 - 1;
    let slot = (low ^ (low >>> 16)) & mask;
    for (;;) {
      const l = slots[slot * 2]!;
      const h = slots[slot * 2 + 1]!;
      if ((l | h) === 0 || (l === low && h === high)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Uint32Array(old.length * 2);
    for (let i = 0; i < old.length; i += 2) {
      const low = old[i]!;
      const high = old[i + 1]!;
      if ((low | high) === 0) continue;
      const slot = this.slot(low, high);
      this.slots[slot * 2] = low;
      this.slots[slot * 2 + 1] = high;
    }
  }
}
