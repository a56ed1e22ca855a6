/** A 64-bit fingerprint. */
export interface Fingerprint {
  readonly low: number;
  readonly high: number;
}

/** Words looked at in a long request; each request carries ids or times that differ all over it. */
const SAMPLED_WORDS = 2048;

/** Fingerprint of a request's bytes: the CRC-32 over all of them, and a hash of its length and of words spread over it. */
export function hashRequest(payload: Uint8Array, crc: number): Fingerprint {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const words = payload.length >>> 2;
  const step = Math.max(1, Math.ceil(words / SAMPLED_WORDS));
  let hash = payload.length;
  for (let word = 0; word < words; word += step) {
    hash = Math.imul(hash ^ view.getUint32(word * 4, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (let i = words * 4; i < payload.length; i++) hash = Math.imul(hash ^ payload[i]!, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return { low: crc >>> 0, high: (hash ^ (hash >>> 16)) >>> 0 };
}
