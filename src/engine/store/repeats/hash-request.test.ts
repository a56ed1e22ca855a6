import { expect, test } from 'vitest';
import { hashRequest } from './hash-request';

const CRC = 7;
const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 2_654_435_761) >>> 13);
const highOf = (payload: Uint8Array, signal: 'metrics' | 'traces' = 'metrics') =>
  hashRequest(payload, CRC, signal).high;

test('one bit, wherever it is, is another request, also where the CRC is the same', () => {
  const payload = bytes(75);
  const whole = highOf(payload);
  for (let bit = 0; bit < payload.length * 8; bit++) {
    const other = payload.slice();
    other[bit >> 3]! ^= 1 << (bit & 7);
    expect(highOf(other)).not.toBe(whole);
  }
});

test('words that change places, and bytes that lie elsewhere in memory', () => {
  const payload = bytes(96);
  const swapped = payload.slice();
  swapped.copyWithin(0, 16, 32);
  swapped.set(payload.subarray(0, 16), 16);
  expect(highOf(swapped)).not.toBe(highOf(payload));
  const moved = new Uint8Array(101);
  moved.set(payload, 5);
  expect(highOf(moved.subarray(5))).toBe(highOf(payload));
});

test('of a long request of points every byte counts', () => {
  const payload = bytes(100_000);
  const whole = highOf(payload);
  for (let at = 0; at < payload.length; at += 997) {
    payload[at]! ^= 1;
    expect(highOf(payload)).not.toBe(whole);
    payload[at]! ^= 1;
  }
});
