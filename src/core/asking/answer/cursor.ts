/** Where an answer goes on: after so many lines of what was told at that time. */
export interface Cursor {
  offset: number;
  /** Unix milliseconds. */
  now: number;
}

/** `40@mhx2k1f0`. */
export function writeCursor({ offset, now }: Cursor): string {
  return `${offset}@${now.toString(36)}`;
}

export function readCursor(text: string): Cursor | null {
  const [, offset, at] = /^(\d{1,7})@([0-9a-z]{6,10})$/.exec(text.trim()) ?? [];
  return offset === undefined || at === undefined ? null : { offset: Number(offset), now: Number.parseInt(at, 36) };
}
