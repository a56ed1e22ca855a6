/** A set of rows of a block, one bit each. */
export type RowBits = Uint32Array;

export function emptyRows(rowCount: number): RowBits {
  return new Uint32Array((rowCount + 31) >>> 5);
}

export function addRow(bits: RowBits, row: number): void {
  bits[row >>> 5]! |= 1 << (row & 31);
}

export function intersect(bits: RowBits, others: RowBits): RowBits {
  return bits.map((word, at) => word & others[at]!);
}

export function unite(bits: RowBits, others: RowBits): RowBits {
  return bits.map((word, at) => word | others[at]!);
}

export function countRows(bits: RowBits): number {
  let count = 0;
  for (let word of bits) {
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

/** The rows of the set, ascending. */
export function* rowsOf(bits: RowBits): Generator<number> {
  for (let at = 0; at < bits.length; at++) {
    for (let word = bits[at]!; word !== 0; word &= word - 1) yield at * 32 + 31 - Math.clz32(word & -word);
  }
}
