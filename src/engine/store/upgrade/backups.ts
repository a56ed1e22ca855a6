import { constants, copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../../shared/problem';
import { StoreRefused } from '../problems/store-refused';

/** Left free beside a backup, for the upgrade and for what arrives meanwhile. */
const SPARE_BYTES = 64 * 1024 * 1024;

/**
 * Copies a database that nobody has open to `backup/`, as the way back to the program that wrote it; answers the copy's
 * path. Throws `StoreRefused` when the disk has no room for it.
 */
export function backUp(path: string, version: number): string {
  const folder = backupFolder(dirname(path));
  const { size } = statSync(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < size + SPARE_BYTES) throw new StoreRefused(noRoom(size + SPARE_BYTES, bavail * bsize));
  const backup = join(folder, `${basename(path, '.duckdb')}-format-${version}.duckdb`);
  copyFileSync(path, `${backup}.new`, constants.COPYFILE_FICLONE);
  renameSync(`${backup}.new`, backup);
  return backup;
}

/** Deletes the backups from before a time (Unix milliseconds). */
export function deleteBackups(dataDir: string, beforeMs: number): void {
  for (const path of backupsOf(dataDir)) {
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? beforeMs) < beforeMs) rmSync(path, { force: true });
  }
}

export function backupsOf(dataDir: string): string[] {
  try {
    return readdirSync(backupFolder(dataDir)).map((name) => join(backupFolder(dataDir), name));
  } catch {
    return [];
  }
}

function backupFolder(dataDir: string): string {
  return join(dataDir, 'backup');
}

function noRoom(wanted: number, free: number): Problem {
  const mebibytes = (bytes: number) => Math.ceil(bytes / (1024 * 1024));
  return {
    kind: 'disk-full',
    message: `The disk is too full to upgrade the stored telemetry: its backup needs ${mebibytes(wanted)} MiB, and ${mebibytes(free)} MiB are free.`,
    hint: 'Free some space; it is tried again by itself. Nothing was changed.',
  };
}
