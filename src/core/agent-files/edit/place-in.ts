/** `line 3, column 14` of an offset in UTF-16 units. */
export function placeIn(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`;
}
