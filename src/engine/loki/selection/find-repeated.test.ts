import { expect, it } from 'vitest';
import { Pace } from '../../pace/pace';
import { findRepeated } from './find-repeated';

it('finds each number that stands there more than once, whichever halves they share', async () => {
  const apart = Array.from({ length: 5000 }, (_, at) => [BigInt(at), BigInt(at) << 32n]).flat();
  const numbers = BigUint64Array.from([...apart, 7n, 7n, 9n << 32n, (1n << 64n) - 1n, 0n]);
  // 0 is there as it is and shifted.
  expect((await findRepeated(numbers, new Pace())).sort((a, b) => (a < b ? -1 : 1))).toEqual([0n, 7n, 9n << 32n]);
  expect(await findRepeated(new BigUint64Array(0), new Pace())).toEqual([]);
  expect(await findRepeated(BigUint64Array.from(apart.slice(2)), new Pace())).toEqual([]);
});
