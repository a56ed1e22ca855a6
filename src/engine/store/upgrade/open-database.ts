import { dirname } from 'node:path';
import { dataNewer } from '../../data-folder/data-newer';
import { readFormat, writeFormat } from '../../data-folder/format-file';
import { FORMAT_VERSION } from '../../data-folder/format-version';
import { DuckDatabase } from '../duck/duck-database';
import { StoreRefused } from '../problems/store-refused';
import { TABLES } from '../tables/schema';
import { backUp } from './backups';
import { UPGRADE_STEPS } from './upgrade-steps';

/**
 * Opens a database with the tables of this version. One of an older version is copied to `backup/` first and upgraded in
 * one transaction; a kill before its checkpoint leaves it as it was, and the next opening begins anew. Rejects with
 * `StoreRefused` when it is newer or has no room for the copy, else with DuckDB's error.
 */
export async function openDatabase(path: string): Promise<DuckDatabase> {
  let database = await DuckDatabase.open(path);
  try {
    const found = await readVersion(database);
    if (found === FORMAT_VERSION) {
      await database.run(TABLES);
      return database;
    }
    if (found !== null && found > FORMAT_VERSION) throw new StoreRefused(dataNewer(dirname(path), found));
    if (found !== null) {
      // Closing a second file handle of this process would give up DuckDB's lock on the file.
      database.close();
      backUp(path, found);
      database = await DuckDatabase.open(path);
    }
    await upgrade(database, found ?? FORMAT_VERSION);
    if ((readFormat(dirname(path)) ?? 0) < FORMAT_VERSION) writeFormat(dirname(path), FORMAT_VERSION);
    // A new one is written when it holds something.
    if (found !== null) await database.run('CHECKPOINT store');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Null for a database without tables. */
async function readVersion(database: DuckDatabase): Promise<number | null> {
  const [tables] = await database.rows<{ any: boolean }>(
    // information_schema has it as well, and 7 MB stay taken after a question to that.
    "SELECT EXISTS (FROM duckdb_tables() WHERE database_name = 'store' AND table_name = 'meta') AS any",
  );
  if (!tables!.any) return null;
  const [row] = await database.rows<{ value: string }>("SELECT value FROM meta WHERE key = 'format'");
  return row === undefined ? 1 : Number(row.value);
}

async function upgrade(database: DuckDatabase, from: number): Promise<void> {
  await database.run('BEGIN');
  await database.run(TABLES);
  for (let version = from; version < FORMAT_VERSION; version++) {
    for (const statement of UPGRADE_STEPS[version]!) await database.run(statement);
  }
  await database.run("DELETE FROM meta WHERE key = 'format'");
  await database.run(`INSERT INTO meta VALUES ('format', '${FORMAT_VERSION}')`);
  await database.run('COMMIT');
}
