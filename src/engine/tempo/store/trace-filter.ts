const BITS = 1 << 18;
const PROBES = 4;

/** A Bloom filter of ids: of one in five hundred absent ones it says that it may be there, with 15,000 in it. */
export class TraceFilter {
  private readonly bits = new Uint32Array(BITS / 32);

  constructor(ids: BigUint64Array) {
    const words = new Uint32Array(ids.buffer, ids.byteOffset, ids.length * 2);
    for (let at = 0; at < words.length; at += 2) {
      // Spans of a trace often stand together.
      if (at > 0 && words[at] === words[at - 2] && words[at + 1] === words[at - 1]) continue;
      const [first, step] = [mix(words[at]!, words[at + 1]!), mix(words[at + 1]!, words[at]!) | 1];
      for (let probe = 0; probe < PROBES; probe++) {
        const bit = (first + probe * step) & (BITS - 1);
        this.bits[bit >>> 5]! |= 1 << (bit & 31);
      }
    }
  }

  /** True for every id it was made of, and for a few others. */
  mayHold(id: bigint): boolean {
    const [low, high] = [Number(id & 0xffffffffn), Number(id >> 32n)];
    const [first, step] = [mix(low, high), mix(high, low) | 1];
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = (first + probe * step) & (BITS - 1);
      if ((this.bits[bit >>> 5]! & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }
}

function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0x85ebca6b), 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return hash ^ (hash >>> 13);
}
