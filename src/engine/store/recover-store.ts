import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../shared/problem';
import { journalFolder, listSegments } from '../journal/journal-format';
import type { JournalPosition } from '../journal/journal-writer-port';
import { databasePath } from './database-path';
import { sizeOf } from './disk-usage';
import { Store, type StoreOptions } from './store';

/** What DuckDB says of files that it cannot make sense of. Anything else (no rights, held, newer, full) is not damage. */
const DAMAGE = /corrupt|checksum|not a valid DuckDB|serializ|replaying WAL|enough bytes|INTERNAL|out of range/i;

/** How each write-ahead log of DuckDB begins: an entry that tells the version. */
const LOG_HEAD = Buffer.from([0x64, 0x00, 0x62, 0x65, 0x00]);

export interface RecoveredStore {
  store: Store;
  /** What was found damaged; the files are in `quarantine/`. */
  problems: Problem[];
}

/**
 * Opens the database of a data folder. A damaged write-ahead log is set aside: the journal still has what came since
 * the last checkpoint, so nothing is lost with it. A damaged database is set aside and a new one begun.
 * Rejects with DuckDB's error when the cause is another.
 */
export async function openOrRecoverStore(
  dataDir: string,
  options: Omit<StoreOptions, 'path'>,
): Promise<RecoveredStore> {
  const path = databasePath(dataDir);
  const problems: Problem[] = [];
  const open = () => Store.open({ ...options, path });
  const walBytes = sizeOf(`${path}.wal`);
  const headIsSound = walBytes === 0 || readHead(`${path}.wal`).equals(LOG_HEAD);
  let store = await open()
    .catch(async (error: Error) => {
      if (!DAMAGE.test(error.message)) throw error;
      if (walBytes > 0) problems.push(setAside(path, ['.wal'], error.message));
      else problems.push(setAside(path, [''], error.message));
      return open();
    })
    .catch(async (error: Error) => {
      if (!DAMAGE.test(error.message)) throw error;
      problems.push(setAside(path, [''], error.message));
      return open();
    });
  // DuckDB says nothing of a log whose head it cannot read; closing the database makes it begin a new one.
  if (problems.length === 0 && walBytes > 0 && samePosition(store.position(), readCheckpoint(dataDir))) {
    if (!headIsSound) problems.push(setAside(path, ['.wal'], 'The head of the write-ahead log is not readable.'));
    await store.close();
    store = await open();
  }
  const gap = findGap(dataDir, store.position());
  if (gap) problems.push(gap);
  return { store, problems };
}

/** Remembers what the database file has without its write-ahead log. */
export function writeCheckpoint(dataDir: string, position: JournalPosition | null): void {
  const path = join(dataDir, 'checkpoint.json');
  writeFileSync(`${path}.new`, JSON.stringify(position), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Undefined when there was none yet. */
function readCheckpoint(dataDir: string): JournalPosition | null | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'checkpoint.json'), 'utf8')) as JournalPosition | null;
  } catch {
    return undefined;
  }
}

function samePosition(a: JournalPosition | null, b: JournalPosition | null | undefined): boolean {
  return a === null || b === undefined || b === null
    ? a === (b ?? null)
    : a.segment === b.segment && a.position === b.position;
}

function readHead(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(LOG_HEAD.length);
    readSync(file, head, 0, head.length, 0);
    return head;
  } finally {
    closeSync(file);
  }
}

/** Moves the database (suffix '') with everything that belongs to it, or one file of it, to the quarantine. */
function setAside(path: string, suffixes: readonly string[], details: string): Problem {
  const quarantine = join(dirname(path), 'quarantine');
  mkdirSync(quarantine, { recursive: true, mode: 0o700 });
  const isDatabase = suffixes.includes('');
  const files = isDatabase
    ? readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)))
    : suffixes.map((suffix) => basename(path) + suffix);
  const mark = new Date().toISOString().replace(/[:.]/g, '-');
  for (const name of files) renameSync(join(dirname(path), name), join(quarantine, `${mark}-${name}`));
  return isDatabase
    ? {
        kind: 'database-damaged',
        message:
          'The database was damaged and a new one was begun: telemetry from before the last start may be missing.',
        hint: `The damaged files are kept in ${quarantine}; check the disk.`,
        details,
      }
    : {
        kind: 'database-log-damaged',
        message: "The database's write-ahead log was damaged; what it held was read again from the journal.",
        hint: `The damaged file is kept in ${quarantine}; check the disk.`,
        details,
      };
}

/** The journal keeps every segment that the database file may lack; a missing one means that the file was put back. */
function findGap(dataDir: string, position: JournalPosition | null): Problem | null {
  const oldest = listSegments(journalFolder(dataDir))[0]?.segment ?? 1;
  if (oldest <= Math.max(position?.segment ?? 0, 1)) return null;
  return {
    kind: 'telemetry-missing',
    message: `The database is older than the journal: telemetry of journal segments ${position?.segment ?? 1} to ${oldest - 1} is missing.`,
    hint: 'This happens when the database was damaged, deleted or put back from a copy; newer telemetry is complete.',
  };
}
