/** Half of a span's 64-bit fingerprint, from three of the six words of its trace and span ids. */
export function spanFingerprint(a: number, b: number, c: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13) ^ c, 0x27d4eb2f);
  return (hash ^ (hash >>> 16)) >>> 0;
}
