import { formatBytes } from '../../shared/format-bytes';
import type { Problem } from '../../shared/problem';
import { SEGMENT_BYTES } from '../journal/journal-format';
import type { JournalPosition } from '../journal/journal-writer-port';

/** Why what stands before `awaited` is not visible yet: a problem that the store has, else how much is still to be stored. */
export function describeBehind(
  awaited: JournalPosition,
  committed: JournalPosition | null,
  problems: readonly Problem[],
): string {
  if (problems.length > 0) return problems.map(({ message }) => message).join(' ');
  if (committed === null) return 'Nothing of what was acknowledged is stored yet.';
  const bytes = (awaited.segment - committed.segment) * SEGMENT_BYTES + awaited.position - committed.position;
  return `About ${formatBytes(Math.max(0, bytes))} of what was acknowledged are still to be stored.`;
}
