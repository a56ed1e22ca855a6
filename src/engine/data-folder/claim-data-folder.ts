import { accessSync, constants, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder } from '../../ground/create-folder';
import type { ProcessIdentity } from '../../ground/identify-process';
import { takeLock } from '../../ground/take-lock';
import type { Problem } from '../../shared/problem';
import { dataNewer } from './data-newer';
import { readFormat, writeFormat } from './format-file';
import { FORMAT_VERSION } from './format-version';

export interface DataFolderClaim {
  /** Gives the folder up; nothing may be written after it. */
  release(): void;
}

/**
 * Makes this process the one owner of a data folder, before anything in it is opened. Problems: `data-folder-unwritable`,
 * `data-folder-held` (with the holder's pid in `details`), `data-folder-blocked` (something that is not a file has the
 * name of one of ours), `data-newer`, `disk-full`; the folder is then left as it was.
 */
export async function claimDataFolder(dataDir: string): Promise<DataFolderClaim | { problem: Problem }> {
  try {
    createFolder(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return { problem: unwritable(dataDir, error) };
  }
  try {
    for (const name of ['format.json', 'lock']) {
      const path = join(dataDir, name);
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (found && !found.isFile()) return { problem: blocked(path) };
    }
    const format = readFormat(dataDir);
    if (format !== null && format > FORMAT_VERSION) return { problem: dataNewer(dataDir, format) };
    const lock = await takeLock(join(dataDir, 'lock'));
    if ('holder' in lock) return { problem: held(dataDir, lock.holder) };
    // An older one is raised when the database is upgraded.
    if (format === null) writeFirstFormat(dataDir, lock.release);
    return lock;
  } catch (error) {
    return { problem: unwritable(dataDir, error) };
  }
}

function writeFirstFormat(dataDir: string, release: () => void): void {
  try {
    writeFormat(dataDir, FORMAT_VERSION);
  } catch (error) {
    release();
    throw error;
  }
}

function blocked(path: string): Problem {
  return {
    kind: 'data-folder-blocked',
    message: `${path} is a folder or something else that is not a file, so that the engine cannot use its data folder.`,
    hint: `Move ${path} away and start again; Watchtower makes that file by itself.`,
  };
}

function held(dataDir: string, { pid }: ProcessIdentity): Problem {
  return {
    kind: 'data-folder-held',
    message: `The data folder ${dataDir} is in use by process ${pid}.`,
    hint: 'Use that one, end it, or choose another data folder (--data-dir).',
    details: String(pid),
  };
}

function unwritable(dataDir: string, error: unknown): Problem {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return {
      kind: 'disk-full',
      message: `The disk is full: the engine cannot start on the data folder ${dataDir}.`,
      hint: 'Free some space; it is tried again by itself. Nothing that was acknowledged is lost.',
      details: String(error),
    };
  }
  if (path !== undefined && path !== dataDir && path.startsWith(dataDir)) {
    return {
      kind: 'data-folder-unwritable',
      message: `The file ${path} of the data folder cannot be read and written (${code}).`,
      hint: 'Give this user the right to it, or remove it while no engine runs; Watchtower makes it anew.',
      details: String(error),
    };
  }
  return {
    kind: 'data-folder-unwritable',
    message: `The data folder ${dataDir} cannot be written.`,
    hint: 'Give this user the right to write it, or choose another data folder (--data-dir).',
    details: String(error),
  };
}
