import { accessSync, constants, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../shared/problem';
import { createFolder } from './create-folder';
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
 * `data-folder-held` (with the holder's pid in `details`), `data-newer`; the folder is then left as it was.
 */
export function claimDataFolder(dataDir: string): DataFolderClaim | { problem: Problem } {
  try {
    createFolder(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return { problem: unwritable(dataDir, error) };
  }
  try {
    const format = readFormat(dataDir);
    if (format !== null && format > FORMAT_VERSION) return { problem: dataNewer(dataDir, format) };
    const holder = takeLock(join(dataDir, 'lock'));
    if (holder) return { problem: held(dataDir, holder) };
    // An older one is raised when the database is upgraded.
    if (format === null) writeFormat(dataDir, FORMAT_VERSION);
  } catch (error) {
    return { problem: unwritable(dataDir, error) };
  }
  return { release: () => rmSync(join(dataDir, 'lock'), { force: true }) };
}

/** Answers the process that holds the lock, or null when this process has it now. */
function takeLock(path: string): ProcessIdentity | null {
  const own = JSON.stringify(identifyProcess(process.pid));
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, own, { mode: 0o600 });
  try {
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
    return running && running.started === started ? running : null;
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

function held(dataDir: string, { pid }: ProcessIdentity): Problem {
  return {
    kind: 'data-folder-held',
    message: `The data folder ${dataDir} is in use by process ${pid}.`,
    hint: 'Use that one, end it, or choose another data folder (--data-dir).',
    details: String(pid),
  };
}

function unwritable(dataDir: string, error: unknown): Problem {
  return {
    kind: 'data-folder-unwritable',
    message: `The data folder ${dataDir} cannot be written.`,
    hint: 'Give this user the right to write it, or choose another data folder (--data-dir).',
    details: String(error),
  };
}
