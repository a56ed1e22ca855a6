import type { Signal } from '../../wire/signal';

/** A 64-bit fingerprint. */
export interface Fingerprint {
  readonly low: number;
  readonly high: number;
}

const BLOCK = 32;
/** Below this, every block of a request counts. */
const LONG = 64 * 1024;

/**
 * Fingerprint of a request's bytes: the CRC-32 over all of them, and a second hash. This is over all of them as well, but of
 * a long request of spans over every fourth block: ids and times are all over it, and each span has its own fingerprint
 * besides. The words of a block go to four hashes, two to each, which the processor works on side by side.
 */
export function hashRequest(payload: Uint8Array, crc: number, signal: Signal): Fingerprint {
  const stride = signal === 'traces' && payload.length > LONG ? 4 * BLOCK : BLOCK;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const whole = payload.length & ~(BLOCK - 1);
  let a = payload.length;
  let b = 0x85ebca6b | 0;
  let c = 0x27d4eb2f;
  let d = 0x165667b1;
  for (let at = 0; at < whole; at += stride) {
    a = Math.imul(a ^ view.getInt32(at, true), 0x9e3779b1) + view.getInt32(at + 16, true);
    b = Math.imul(b ^ view.getInt32(at + 4, true), 0xc2b2ae3d) + view.getInt32(at + 20, true);
    c = Math.imul(c ^ view.getInt32(at + 8, true), 0x27d4eb2d) + view.getInt32(at + 24, true);
    d = Math.imul(d ^ view.getInt32(at + 12, true), 0x1b873593) + view.getInt32(at + 28, true);
    a = Math.imul(a, 0x85ebca6b);
    b = Math.imul(b, 0x9e3779b1);
    c = Math.imul(c, 0xc2b2ae3d);
    d = Math.imul(d, 0x27d4eb2d);
    a ^= a >>> 15;
    b ^= b >>> 15;
    c ^= c >>> 15;
    d ^= d >>> 15;
  }
  for (let at = whole; at < payload.length; at++) {
    a = Math.imul(a ^ payload[at]!, 0x85ebca6b);
    a ^= a >>> 13;
  }
  let hash = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13) ^ b, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15) ^ c, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 13) ^ d, 0x9e3779b1);
  return { low: crc >>> 0, high: (hash ^ (hash >>> 16)) >>> 0 };
}
