const BITS = 1 << 16;
const PROBES = 6;

/** An id as the filters look for it. */
export interface HashedId {
  readonly first: number;
  readonly step: number;
}

/** To be done once for an id that many filters are asked for. */
export function hashId(id: bigint): HashedId {
  return hash(Number(id & 0xffffffffn), Number(id >> 32n));
}

/** A Bloom filter of ids: of one in forty thousand absent ones it says that it may be there, with 2,000 in it. */
export class TraceFilter {
  private readonly bits = new Uint32Array(BITS / 32);

  constructor(ids: BigUint64Array) {
    const words = new Uint32Array(ids.buffer, ids.byteOffset, ids.length * 2);
    for (let at = 0; at < words.length; at += 2) {
      const { first, step } = hash(words[at]!, words[at + 1]!);
      for (let probe = 0; probe < PROBES; probe++) {
        const bit = (first + probe * step) & (BITS - 1);
        this.bits[bit >>> 5]! |= 1 << (bit & 31);
      }
    }
  }

  /** True for every id it was made of, and for a few others. */
  mayHold({ first, step }: HashedId): boolean {
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = (first + probe * step) & (BITS - 1);
      if ((this.bits[bit >>> 5]! & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }
}

function hash(low: number, high: number): HashedId {
  return { first: mix(low, high), step: mix(high, low) | 1 };
}

function mix(a: number, b: number): number {
  let mixed = Math.imul(a ^ Math.imul(b, 0x85ebca6b), 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return mixed ^ (mixed >>> 13);
}
