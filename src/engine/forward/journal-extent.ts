import type { JournalPosition } from '../journal/journal-writer-port';

type Segments = readonly { readonly segment: number; readonly bytes: number }[];

/** Bytes of the journal from one place to another. */
export function bytesBetween(segments: Segments, from: JournalPosition, to: JournalPosition): number {
  let sum = 0;
  for (const { segment, bytes } of segments) {
    const start = segment < from.segment ? bytes : segment === from.segment ? from.position : 0;
    const end = segment > to.segment ? 0 : segment === to.segment ? to.position : bytes;
    sum += Math.max(0, Math.min(end, bytes) - start);
  }
  return sum;
}

/** The start of the oldest segment from which to the end there are no more bytes than `capacity`; the last one always. */
export function oldestWithin(segments: Segments, capacity: number): JournalPosition {
  let oldest = segments.at(-1)?.segment ?? 0;
  let sum = 0;
  for (const { segment, bytes } of segments.toReversed()) {
    sum += bytes;
    if (sum > capacity) break;
    oldest = segment;
  }
  return { segment: oldest, position: 0 };
}
