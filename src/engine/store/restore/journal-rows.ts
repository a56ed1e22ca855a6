import type { JournalPosition } from '../../journal/journal-writer-port';
import type { DuckDatabase } from '../duck/duck-database';

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
