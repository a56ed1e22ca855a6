import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../shared/problem';
import { databasePath } from '../data-folder/database-path';
import { sizeOf } from './disk-usage';
import { DuckDatabase } from './duck/duck-database';
import { describeStoreFailure } from './problems/describe-store-failure';
import { StoreRefused } from './problems/store-refused';
import { Store, type StoreOptions } from './store';

/** DuckDB marks a checkpoint under way in a log of some 60 bytes; a kill then leaves it, without any data. */
const MAX_MARK_BYTES = 256;

export interface RecoveredStore {
  store: Store;
  /** What was found damaged; it is in `quarantine/`. */
  problems: Problem[];
}

/**
 * Opens the database of a data folder. A damaged one is set aside and a new one begun; the journal still has what came
 * since the last checkpoint. Rejects with `StoreRefused` for every other cause; the database is then left as it was.
 */
export async function openOrRecoverStore(
  dataDir: string,
  options: Omit<StoreOptions, 'path'>,
): Promise<RecoveredStore> {
  const path = databasePath(dataDir);
  const problems: Problem[] = [];
  try {
    await clearLog(path, problems);
    const open = () => Store.open({ ...options, path });
    // A database is not given up for what a second look does not find.
    const again = (error: unknown) => (describeStoreFailure(error, path).isDamage ? open() : Promise.reject(error));
    const store = await open()
      .catch(again)
      .catch((error: unknown) => {
        const failure = describeStoreFailure(error, path);
        if (!failure.isDamage) throw error;
        problems.push(setDatabaseAside(path, failure.details));
        return open();
      });
    return { store, problems };
  } catch (error) {
    throw asRefusal(error, path);
  }
}

function asRefusal(error: unknown, path: string): StoreRefused {
  const failure = describeStoreFailure(error, path);
  if (!failure.isDamage) return new StoreRefused(failure.problem, { cause: error });
  return new StoreRefused({
    kind: 'store-failed',
    message: `The damaged database was set aside, and a new one could not be begun at ${path}.`,
    hint: 'Check the disk; received telemetry is kept in the journal.',
    details: failure.details,
  });
}

async function clearLog(path: string, problems: Problem[]): Promise<void> {
  if (!existsSync(`${path}.wal`)) return;
  // Where another program has the database open, the log is that program's. What else is wrong shows at the opening.
  await DuckDatabase.probe(path).catch((error: unknown) => {
    const failure = describeStoreFailure(error, path);
    if (!failure.isDamage && failure.problem.kind === 'database-held') throw error;
  });
  if (sizeOf(`${path}.wal`) > MAX_MARK_BYTES) problems.push(setLogAside(path));
  else rmSync(`${path}.wal`, { force: true });
}

/** Nothing is written there but marks, so it is a stranger's, and DuckDB would apply it or fail over it. */
function setLogAside(path: string): Problem {
  return {
    kind: 'database-log-unknown',
    message:
      'A write-ahead log that is not of this program lay beside the database and was set aside; nothing is lost.',
    hint: `It is kept in ${moveToQuarantine(path, [`${basename(path)}.wal`])}.`,
    lifetime: 'until-seen',
  };
}

function setDatabaseAside(path: string, details: string): Problem {
  const files = readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)));
  return {
    kind: 'database-damaged',
    message: 'The database was damaged and a new one was begun from what the journal still has.',
    hint: `The damaged files are kept in ${moveToQuarantine(path, files)}; check the disk.`,
    details,
    lifetime: 'until-seen',
  };
}

function moveToQuarantine(path: string, names: readonly string[]): string {
  const quarantine = join(dirname(path), 'quarantine');
  mkdirSync(quarantine, { recursive: true, mode: 0o700 });
  const mark = new Date().toISOString().replace(/[:.]/g, '-');
  for (const name of names) renameSync(join(dirname(path), name), join(quarantine, `${mark}-${name}`));
  return quarantine;
}
