import type { JournalPosition } from '../../journal/journal-writer-port';
import type { DuckDatabase } from '../duck/duck-database';
import type { WaitingRows } from '../tables/waiting-rows';

/** The life of the journal that the database's position counts in; null before the first. */
export async function readJournalLineage(database: DuckDatabase): Promise<string | null> {
  const [row] = await database.rows<{ value: string }>("SELECT value FROM meta WHERE key = 'journal'");
  return row?.value ?? null;
}

/** What makes positions count in another life of the journal, of which everything before `from` is in the database. */
export function enterJournalStatements(lineage: string, from: JournalPosition | null): string[] {
  return [
    "DELETE FROM meta WHERE key = 'journal'",
    `INSERT INTO meta VALUES ('journal', '${lineage}')`,
    'DELETE FROM journal_position',
    ...(from ? [`INSERT INTO journal_position VALUES (${from.segment}, ${from.position})`] : []),
  ];
}

/** Lets the next commit say that everything before `position` is in the database; null: as it was said before. */
export function keepPosition({ position: waiting }: WaitingRows, position: JournalPosition | null): void {
  waiting.clear();
  if (!position) return;
  const row = waiting.next();
  waiting.columns.segment.setNumber(row, position.segment);
  waiting.columns.position.setNumber(row, position.position);
  waiting.length = 1;
}
