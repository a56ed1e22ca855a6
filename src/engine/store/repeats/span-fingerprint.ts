import { hashBytes } from '../../wire/byte-table';

/** Half of a span's 64-bit fingerprint: the six words of its trace and span ids and one of what else tells it apart, mixed from a seed. */
export function spanFingerprint(
  seed: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  rest: number,
): number {
  let hash = Math.imul(seed ^ a, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13) ^ c, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15) ^ d, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13) ^ e, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16) ^ f, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 13) ^ rest, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x9e3779b1);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Two spans with the same ids are one only where all of this is the same: client and server may share an id (Zipkin), and
 * processes that were forked give the same ids out twice. Hashes and words of 32 bits, in one.
 */
export function spanRest(
  service: number,
  kind: number,
  name: number,
  startLow: number,
  startHigh: number,
  endLow: number,
  endHigh: number,
  status: number,
  attributes: number,
  events: number,
  links: number,
): number {
  const rest =
    Math.imul(service, 0x9e3779b1) +
    Math.imul(name, 0x85ebca77) +
    Math.imul(startLow, 0xc2b2ae3d) +
    Math.imul(startHigh, 0x27d4eb2f) +
    Math.imul(endLow, 0x165667b1) +
    Math.imul(endHigh, 0xd3a2646d) +
    Math.imul(kind | (status << 4), 0xfd7046c5) +
    Math.imul(attributes, 0xb55a4f09) +
    Math.imul(events | (links << 16), 0x4cf5ad43);
  return rest >>> 0;
}

export const LOW_SEED = 0x9e3779b9;
export const HIGH_SEED = 0x3c6ef372;

/** What a finished span has in common with an unfinished one whose place it takes; a whole number below 2^53. */
export function unfinishedKey(ids: readonly number[], kind: number, service: number): number {
  const [a, b, c, d, e, f] = ids as [number, number, number, number, number, number];
  const rest = Math.imul(service, 0x9e3779b1) + kind;
  const high = spanFingerprint(HIGH_SEED, a, b, c, d, e, f, rest) >>> 11;
  return high * 0x1_0000_0000 + spanFingerprint(LOW_SEED, a, b, c, d, e, f, rest);
}

/** The hash of a text's bytes, as the dictionary has it of a string. */
export function hashText(text: string): number {
  const bytes = Buffer.from(text);
  return hashBytes(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length);
}
