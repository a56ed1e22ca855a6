/** Whether a name has letters, marks, digits or symbols (emoji) beyond ASCII; dashes, quotes and spaces do not count. */
export function isBeyondAscii(name: string): boolean {
  return /(?=\P{ASCII})[\p{L}\p{M}\p{N}\p{S}]/u.test(name);
}
