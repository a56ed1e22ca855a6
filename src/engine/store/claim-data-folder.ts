import { accessSync, constants, linkSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder } from '../../ground/create-folder';
import { isSameStart } from '../../ground/process-start';
import type { Problem } from '../../shared/problem';
import { dataNewer } from './data-newer';
import { identifyProcess, type ProcessIdentity } from './process-identity';
import { FORMAT_VERSION } from './schema';
import { readFormat, writeFormat } from './upgrade/format-file';

export interface DataFolderClaim {
  /** Gives the folder up; nothing may be written after it. */
  release(): void;
}

/**
 * Makes this process the one owner of a data folder, before anything in it is opened. Problems: `data-folder-unwritable`,
 * `data-folder-held` (with the holder's pid in `details`), `data-folder-blocked` (something that is not a file has the
 * name of one of ours), `data-newer`, `disk-full`; the folder is then left as it was.
 */
export function claimDataFolder(dataDir: string): DataFolderClaim | { problem: Problem } {
  try {
    createFolder(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return { problem: unwritable(dataDir, error) };
  }
  const release = () => rmSync(join(dataDir, 'lock'), { force: true });
  try {
    for (const name of ['format.json', 'lock']) {
      const path = join(dataDir, name);
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (found && !found.isFile()) return { problem: blocked(path) };
    }
    const format = readFormat(dataDir);
    if (format !== null && format > FORMAT_VERSION) return { problem: dataNewer(dataDir, format) };
    const holder = takeLock(join(dataDir, 'lock'));
    if (holder) return { problem: held(dataDir, holder) };
    // An older one is raised when the database is upgraded.
    if (format === null) writeFirstFormat(dataDir, release);
  } catch (error) {
    return { problem: unwritable(dataDir, error) };
  }
  return { release };
}

function writeFirstFormat(dataDir: string, release: () => void): void {
  try {
    writeFormat(dataDir, FORMAT_VERSION);
  } catch (error) {
    release();
    throw error;
  }
}

/** Answers the process that holds the lock, or null when this process has it now. */
function takeLock(path: string): ProcessIdentity | null {
  const own = JSON.stringify(identifyProcess(process.pid));
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, own, { mode: 0o600 });
    for (;;) {
      try {
        // A link appears whole or not at all, and never over another.
        linkSync(draft, path);
        return null;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const text = readIfThere(path);
      if (text === null) continue;
      const holder = runningHolder(text);
      if (holder) return holder;
      setAside(path, text);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a stale lock; one that another process has put there meanwhile is put back. */
function setAside(path: string, stale: string): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== stale) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function runningHolder(text: string): ProcessIdentity | null {
  try {
    const { pid, started } = JSON.parse(text) as ProcessIdentity;
    const running = identifyProcess(pid);
    return running && isSameStart(started, running.started) ? running : null;
  } catch {
    return null;
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
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
