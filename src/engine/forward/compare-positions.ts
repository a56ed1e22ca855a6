import type { JournalPosition } from '../journal/journal-writer-port';

/** Below 0 where `a` stands before `b`. */
export function comparePositions(a: JournalPosition, b: JournalPosition): number {
  return a.segment - b.segment || a.position - b.position;
}
