import type { Pace } from '../../pace/pace';

/** Numbers that are gone over without a look at the clock: about a twentieth of a millisecond. */
const STRETCH = 8192;
/** One number, in units of `Pace.isDueAfter`. */
const NUMBER = 2;
const [FIRST_PRIME, SECOND_PRIME] = [0x85ebca6b, 0x9e3779b1];
/** For each number: so few that the bits stay in the processor's cache, so many that few numbers share one. */
const BITS = 16;

/** Those of many numbers that stand there more than once, each once; so many at most as there are distinct ones. In turns. */
export async function findRepeated(numbers: BigUint64Array, pace: Pace): Promise<bigint[]> {
  const bits = new SharedBits(numbers);
  const known = new Set<bigint>();
  const repeated = new Set<bigint>();
  for (let at = 0; at < numbers.length; at += STRETCH) {
    bits.note(at, Math.min(numbers.length, at + STRETCH));
    if (pace.isDueAfter(STRETCH * NUMBER)) await pace.turn();
  }
  for (let at = 0; at < numbers.length; at += STRETCH) {
    // The few that share a bit are told apart by themselves.
    for (const place of bits.sharing(at, Math.min(numbers.length, at + STRETCH))) {
      const number = numbers[place]!;
      if (known.has(number)) repeated.add(number);
      else known.add(number);
    }
    if (pace.isDueAfter(STRETCH * NUMBER)) await pace.turn();
  }
  return [...repeated];
}

/** A bit for each number, and which of them more than one has. */
class SharedBits {
  private readonly words: Uint32Array;
  private readonly shift: number;
  private readonly seen: Uint32Array;
  private readonly shared: Uint32Array;

  constructor({ buffer, byteOffset, length }: BigUint64Array) {
    this.words = new Uint32Array(buffer, byteOffset, 2 * length);
    const bits = Math.max(5, Math.ceil(Math.log2(BITS * length + 1)));
    this.shift = 32 - bits;
    this.seen = new Uint32Array(2 ** (bits - 5));
    this.shared = new Uint32Array(this.seen.length);
  }

  /** Takes the numbers from `from` up to `to`. */
  note(from: number, to: number): void {
    const { seen, shared } = this;
    for (let at = from; at < to; at++) {
      const place = this.placeOf(at);
      const bit = 1 << (place & 31);
      if ((seen[place >>> 5]! & bit) === 0) seen[place >>> 5]! |= bit;
      else shared[place >>> 5]! |= bit;
    }
  }

  /** Where among them a number stands whose bit another one has as well. */
  sharing(from: number, to: number): number[] {
    const found: number[] = [];
    for (let at = from; at < to; at++) {
      const place = this.placeOf(at);
      if ((this.shared[place >>> 5]! & (1 << (place & 31))) !== 0) found.push(at);
    }
    return found;
  }

  private placeOf(at: number): number {
    const { words } = this;
    return Math.imul(words[2 * at]! ^ Math.imul(words[2 * at + 1]!, FIRST_PRIME), SECOND_PRIME) >>> this.shift;
  }
}
