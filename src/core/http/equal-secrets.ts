import { createHash, timingSafeEqual } from 'node:crypto';

/** Constant time, whatever the lengths are. */
export function equalSecrets(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
