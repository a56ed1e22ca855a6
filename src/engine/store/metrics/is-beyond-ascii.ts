/** Whether a name has letters, marks or digits beyond ASCII. */
export function isBeyondAscii(name: string): boolean {
  return /(?=\P{ASCII})[\p{L}\p{M}\p{N}]/u.test(name);
}
