import { expect, test } from 'vitest';
import { hashId, TraceFilter } from './trace-filter';

/** Reproducible ids of 64 bits. */
function idsFrom(seed: number, count: number): BigUint64Array {
  return BigUint64Array.from({ length: count }, (_, index) =>
    BigInt.asUintN(64, BigInt(seed + index) * 0x9e3779b97f4a7c15n),
  );
}

test('a filter knows every id it was made of', () => {
  const ids = BigUint64Array.of(0n, 1n, 0xffffffffffffffffn, 1n << 32n, ...idsFrom(7, 15_000));
  const filter = new TraceFilter(ids);
  expect(ids.every((id) => filter.mayHold(hashId(id)))).toBe(true);
});

test('a filter of a full block takes few others for its own', () => {
  const filter = new TraceFilter(idsFrom(7, 2_000));
  const mistaken = idsFrom(1_000_000, 100_000).filter((id) => filter.mayHold(hashId(id))).length;
  expect(mistaken).toBeLessThan(20);
});

test('ids that differ in one half alone are told apart', () => {
  const filter = new TraceFilter(BigUint64Array.from({ length: 64 }, (_, index) => BigInt(index)));
  const mistaken = Array.from({ length: 1000 }, (_, index) => (BigInt(index + 1) << 32n) | 5n);
  expect(mistaken.filter((id) => filter.mayHold(hashId(id))).length).toBeLessThan(10);
});
