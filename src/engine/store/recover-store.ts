import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../shared/problem';
import { journalFolder, listSegments } from '../journal/journal-format';
import type { JournalPosition } from '../journal/journal-writer-port';
import { databasePath } from './database-path';
import { sizeOf } from './disk-usage';
import { Store, type StoreOptions } from './store';
import { StoreRefused } from './store-refused';

/** What DuckDB says of a file that it cannot make sense of. Anything else (no rights, held, newer, full) is not damage. */
const DAMAGE = /corrupt|checksum|not a valid DuckDB|serializ|enough bytes|INTERNAL|out of range/i;

/** DuckDB marks a checkpoint under way in a log of some 60 bytes; a kill then leaves it, without any data. */
const MAX_MARK_BYTES = 256;

export interface RecoveredStore {
  store: Store;
  /** What was found damaged or missing; damaged files are in `quarantine/`. */
  problems: Problem[];
}

/**
 * Opens the database of a data folder. A damaged one is set aside and a new one begun; the journal still has what came
 * since the last checkpoint. Rejects with `StoreRefused` or DuckDB's error when the cause is another.
 */
export async function openOrRecoverStore(
  dataDir: string,
  options: Omit<StoreOptions, 'path'>,
): Promise<RecoveredStore> {
  const path = databasePath(dataDir);
  const problems: Problem[] = [];
  const logBytes = sizeOf(`${path}.wal`);
  if (logBytes > MAX_MARK_BYTES) problems.push(setLogAside(path));
  else rmSync(`${path}.wal`, { force: true });
  const open = () => Store.open({ ...options, path });
  const store = await open().catch((error: Error) => {
    if (error instanceof StoreRefused || !DAMAGE.test(error.message)) throw error;
    problems.push(setDatabaseAside(path, error.message));
    return open();
  });
  const gap = findGap(dataDir, store.position());
  if (gap) problems.push(gap);
  return { store, problems };
}

/** Nothing is written there but marks, so it is a stranger's, and DuckDB would apply it or fail over it. */
function setLogAside(path: string): Problem {
  return {
    kind: 'database-log-unknown',
    message:
      'A write-ahead log that is not of this program lay beside the database and was set aside; nothing is lost.',
    hint: `It is kept in ${moveToQuarantine(path, [`${basename(path)}.wal`])}.`,
  };
}

function setDatabaseAside(path: string, details: string): Problem {
  const files = readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)));
  return {
    kind: 'database-damaged',
    message: 'The database was damaged and a new one was begun: telemetry from before its last checkpoint is missing.',
    hint: `The damaged files are kept in ${moveToQuarantine(path, files)}; check the disk.`,
    details,
  };
}

function moveToQuarantine(path: string, names: readonly string[]): string {
  const quarantine = join(dirname(path), 'quarantine');
  mkdirSync(quarantine, { recursive: true, mode: 0o700 });
  const mark = new Date().toISOString().replace(/[:.]/g, '-');
  for (const name of names) renameSync(join(dirname(path), name), join(quarantine, `${mark}-${name}`));
  return quarantine;
}

/** The journal keeps every segment that the database file may lack: a missing one means that the file was put back. */
function findGap(dataDir: string, position: JournalPosition | null): Problem | null {
  const oldest = listSegments(journalFolder(dataDir))[0]?.segment ?? 1;
  if (oldest <= Math.max(position?.segment ?? 0, 1)) return null;
  return {
    kind: 'telemetry-missing',
    message: `The database is older than the journal: telemetry of journal segments ${position?.segment ?? 1} to ${oldest - 1} is missing.`,
    hint: 'This happens when the database was damaged, deleted or put back from a copy; newer telemetry is complete.',
  };
}
