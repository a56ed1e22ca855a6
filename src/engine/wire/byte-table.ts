/**
 * Numbers byte strings in order of their first appearance, without making a JS string or object for one seen before:
 * an open-addressing hash table in typed arrays, the bytes kept in an arena and compared on every hit.
 */
export class ByteTable {
  size = 0;
  private slots: Uint32Array;
  private hashes: Uint32Array;
  private starts: Uint32Array;
  private lengths: Uint32Array;
  private arena: Uint8Array;
  private arenaView: DataView;
  private arenaLength = 0;

  constructor(initialEntries = 1024) {
    this.slots = new Uint32Array(initialEntries * 2);
    this.hashes = new Uint32Array(initialEntries);
    this.starts = new Uint32Array(initialEntries);
    this.lengths = new Uint32Array(initialEntries);
    this.arena = new Uint8Array(initialEntries * 32);
    this.arenaView = new DataView(this.arena.buffer);
  }

  get byteLength(): number {
    return this.arenaLength;
  }

  /** `hashBytes` of the bytes at an index. */
  hashAt(index: number): number {
    return this.hashes[index]!;
  }

  /** Index of the bytes [start, end); equal to the former `size` when they are new. `view` lies over the same memory as `bytes`. */
  index(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const length = end - start;
    const hash = hashBytes(bytes, view, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const entry = this.slots[slot]!;
      if (entry === 0) break;
      const index = entry - 1;
      if (
        this.hashes[index] === hash &&
        this.lengths[index] === length &&
        this.equals(index, bytes, view, start, length)
      ) {
        return index;
      }
      slot = (slot + 1) & mask;
    }
    return this.insert(slot, hash, bytes, start, length);
  }

  private equals(index: number, bytes: Uint8Array, view: DataView, start: number, length: number): boolean {
    const at = this.starts[index]!;
    const words = length & ~3;
    const { arena, arenaView } = this;
    for (let i = 0; i < words; i += 4) {
      if (arenaView.getUint32(at + i, true) !== view.getUint32(start + i, true)) return false;
    }
    for (let i = words; i < length; i++) {
      if (arena[at + i] !== bytes[start + i]) return false;
    }
    return true;
  }

  private insert(slot: number, hash: number, bytes: Uint8Array, start: number, length: number): number {
    const index = this.size;
    if (index === this.hashes.length) {
      this.grow();
      slot = this.freeSlot(hash);
    }
    this.keep(bytes, start, length);
    this.slots[slot] = index + 1;
    this.hashes[index] = hash;
    this.starts[index] = this.arenaLength - length;
    this.lengths[index] = length;
    this.size = index + 1;
    return index;
  }

  private keep(bytes: Uint8Array, start: number, length: number): void {
    const needed = this.arenaLength + length;
    if (needed > this.arena.length) {
      const larger = new Uint8Array(Math.max(needed, this.arena.length * 2));
      larger.set(this.arena.subarray(0, this.arenaLength));
      this.arena = larger;
      this.arenaView = new DataView(larger.buffer);
    }
    if (length > 64) {
      this.arena.set(bytes.subarray(start, start + length), this.arenaLength);
    } else {
      for (let i = 0; i < length; i++) this.arena[this.arenaLength + i] = bytes[start + i]!;
    }
    this.arenaLength = needed;
  }

  private grow(): void {
    const capacity = this.hashes.length * 2;
    this.hashes = widened(this.hashes, capacity);
    this.starts = widened(this.starts, capacity);
    this.lengths = widened(this.lengths, capacity);
    this.slots = new Uint32Array(capacity * 2);
    for (let index = 0; index < this.size; index++) this.slots[this.freeSlot(this.hashes[index]!)] = index + 1;
  }

  private freeSlot(hash: number): number {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    return slot;
  }
}

/** 32 bits of hash of the bytes [start, end). `view` lies over the same memory as `bytes`. */
export function hashBytes(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  let hash = end - start;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    hash = Math.imul(hash ^ view.getUint32(i, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function widened(array: Uint32Array, capacity: number): Uint32Array {
  const larger = new Uint32Array(capacity);
  larger.set(array);
  return larger;
}
