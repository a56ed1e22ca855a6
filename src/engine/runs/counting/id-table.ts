/** Numbers from 0 for ids of so many words of 32 bits, in the order in which they came: a map of texts or bigints would take most of the time. */
export class IdTable {
  count = 0;
  private words: Uint32Array;
  private table: Int32Array;

  /** `width`: words of an id. */
  constructor(
    private readonly width: number,
    expected = 64,
  ) {
    let size = 64;
    while (size < expected * 2) size *= 2;
    this.table = new Int32Array(size).fill(-1);
    this.words = new Uint32Array((size / 2) * width);
  }

  /** Its number; given now where it has none. Words that the width does not name are 0. */
  add(a: number, b: number, c = 0, d = 0): number {
    if (this.count * 2 >= this.table.length) this.grow();
    const place = this.place(a, b, c, d);
    const known = this.table[place]!;
    if (known !== -1) return known;
    const at = this.count * this.width;
    this.words[at] = a;
    this.words[at + 1] = b;
    if (this.width > 2) this.words[at + 2] = c;
    if (this.width > 3) this.words[at + 3] = d;
    this.table[place] = this.count;
    return this.count++;
  }

  /** Its number; -1 where it has none. */
  find(a: number, b: number, c = 0, d = 0): number {
    return this.table[this.place(a, b, c, d)]!;
  }

  /** A word of the id with a number. */
  word(number: number, index: number): number {
    return this.words[number * this.width + index]!;
  }

  private place(a: number, b: number, c: number, d: number): number {
    const { table, words, width } = this;
    const mask = table.length - 1;
    let place = mix(a, b, c, d) & mask;
    for (let found = table[place]!; found !== -1; found = table[place]!) {
      const at = found * width;
      if (
        words[at] === a &&
        words[at + 1] === b &&
        (width < 3 || words[at + 2] === c) &&
        (width < 4 || words[at + 3] === d)
      )
        return place;
      place = (place + 1) & mask;
    }
    return place;
  }

  private grow(): void {
    const words = new Uint32Array(this.words.length * 2);
    words.set(this.words);
    this.words = words;
    this.table = new Int32Array(this.table.length * 2).fill(-1);
    for (let number = 0; number < this.count; number++) {
      const c = this.width > 2 ? this.word(number, 2) : 0;
      const d = this.width > 3 ? this.word(number, 3) : 0;
      this.table[this.place(this.word(number, 0), this.word(number, 1), c, d)] = number;
    }
  }
}

function mix(a: number, b: number, c: number, d: number): number {
  let hash = Math.imul(a, 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f) ^ Math.imul(c, 0x165667b1) ^ Math.imul(d, 0x9e3779b1);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
