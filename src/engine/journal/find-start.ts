import { listSegments } from './journal-format';
import type { JournalPosition } from './journal-writer-port';
import { lineageOf, readLineage } from './lineage';

export interface JournalStart {
  /** Null: from the first segment that there ever was. */
  readonly from: JournalPosition | null;
  /** What the next start is to be told as `lineage`; null while the journal has nothing yet. */
  readonly lineage: string | null;
  /** The position belongs to another journal than the one that is there. */
  readonly isReplaced: boolean;
  /** As of `Lineage`. */
  readonly ended?: JournalPosition | undefined;
}

/**
 * From where a journal is to be applied to a database that was filled up to `position` of the life `lineage` (null: format
 * 1 kept none). A position of another life says nothing about this one, so that all of it is applied.
 */
export function findStart(
  dataDir: string,
  folder: string,
  position: JournalPosition | null,
  lineage: string | null,
): JournalStart {
  const current = readLineage(dataDir, folder);
  const id = current?.id ?? null;
  const ended = current?.ended;
  if (!position || !current) return { from: position, lineage: id, isReplaced: false, ended };
  const here = lineageOf(folder, position.segment);
  // A segment without a mark is of format 1, or its mark is damaged.
  const belongs = here === undefined ? lineage === id : here === null || here === lineage;
  if (belongs) return { from: position, lineage: id, isReplaced: false, ended };
  const oldest = listSegments(folder)[0]?.segment ?? current.segment;
  return { from: { segment: oldest, position: 0 }, lineage: id, isReplaced: true };
}
