/** Half of a span's 64-bit fingerprint: all six words of its trace and span ids, mixed from a seed. */
export function spanFingerprint(
  seed: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
): number {
  let hash = Math.imul(seed ^ a, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13) ^ c, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15) ^ d, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13) ^ e, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16) ^ f, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15), 0x9e3779b1);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export const LOW_SEED = 0x9e3779b9;
export const HIGH_SEED = 0x3c6ef372;
