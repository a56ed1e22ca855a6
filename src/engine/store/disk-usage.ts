import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { databasePath } from '../data-folder/database-path';
import { journalFolder, listSegments } from '../journal/journal-format';
import type { Database } from './reader/reader';
import { backupsOf } from './upgrade/backups';

/** Beside the database; gone when the store is closed. */
export const SPAN_INDEX_FOLDER = 'span-index';

/**
 * Bytes on the disk: `total` of everything, `used` of database and journal alone and without what the database will fill
 * again first. Backups go by age; the index goes with the rows, but only in whole files, so that no limit is held by what it takes.
 */
export async function diskUsage(dataDir: string, database: Database): Promise<{ total: number; used: number }> {
  const path = databasePath(dataDir);
  const beside =
    sizeOf(`${path}.wal`) + listSegments(journalFolder(dataDir)).reduce((sum, { bytes }) => sum + bytes, 0);
  const [blocks] = await database.rows<{ used: bigint }>(
    "SELECT (used_blocks * block_size)::BIGINT AS used FROM pragma_database_size() WHERE database_name = 'store'",
  );
  const index = sizeOfFiles(join(dataDir, SPAN_INDEX_FOLDER));
  const backups = backupsOf(dataDir).reduce((sum, backup) => sum + sizeOf(backup), 0);
  return { total: sizeOf(path) + beside + index + backups, used: Number(blocks!.used) + beside };
}

export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function sizeOfFiles(folder: string): number {
  try {
    return readdirSync(folder).reduce((sum, name) => sum + sizeOf(join(folder, name)), 0);
  } catch {
    return 0;
  }
}
