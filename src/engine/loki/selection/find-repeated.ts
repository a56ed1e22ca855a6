import type { Pace } from '../../pace/pace';

/** One number, in units of `Pace.isDueAfter`. */
const NUMBER = 3;
const [FIRST_PRIME, SECOND_PRIME] = [0x85ebca6b, 0x9e3779b1];

/** Those of many numbers that stand there more than once, each once; so many at most as there are distinct ones. In turns. */
export async function findRepeated(numbers: BigUint64Array, pace: Pace): Promise<bigint[]> {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
  const bits = Math.max(4, Math.ceil(Math.log2(2 * numbers.length + 1)));
  const mask = 2 ** bits - 1;
  // The place of a number that was seen, and one more: 0 is free.
  const seen = new Uint32Array(mask + 1);
  const repeated = new Set<bigint>();
  for (let at = 0; at < numbers.length; at++) {
    if (pace.isDueAfter(NUMBER)) await pace.turn();
    const [low, high] = [words[2 * at]!, words[2 * at + 1]!];
    let slot = (Math.imul(low ^ Math.imul(high, FIRST_PRIME), SECOND_PRIME) >>> (32 - bits)) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const known = seen[slot]!;
      if (known === 0) {
        seen[slot] = at + 1;
        break;
      }
      if (words[2 * known - 2] === low && words[2 * known - 1] === high) {
        repeated.add(numbers[at]!);
        break;
      }
    }
  }
  return [...repeated];
}
