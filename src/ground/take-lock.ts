import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { identifyProcess, type ProcessIdentity } from './identify-process';
import { isSameStart } from './process-start';

const takeoverPauseMs = 10;

export type Lock =
  | { own: ProcessIdentity; release(): void }
  /** Another process that runs has it. */
  | { holder: ProcessIdentity };

/**
 * Makes this process the one that holds a lock file. The file names its holder by pid and start, so that the lock of a
 * process that was killed, or whose pid now belongs to another program, is taken over. Rejects with the file system's error.
 */
export async function takeLock(path: string): Promise<Lock> {
  const own = (await identifyProcess(process.pid)) ?? { pid: process.pid, started: '' };
  const text = JSON.stringify(own);
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(draft, text, { mode: 0o600 });
    for (;;) {
      if (await linkIfFree(draft, path)) return { own, release: () => release(path, text) };
      const holder = await readHolder(path);
      if (holder === 'none') continue;
      if (holder !== 'dead') return { holder };
      await removeStale(path, draft);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** A hard link appears whole or not at all, which `open` with O_EXCL followed by a write does not. */
async function linkIfFree(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes the lock of a dead holder. One process at a time may do so, and looks again before it does: else a slow one
 * would remove the lock that a quicker one has just made.
 */
async function removeStale(lock: string, draft: string): Promise<void> {
  const takeover = `${lock}.takeover`;
  if (await linkIfFree(draft, takeover)) {
    if ((await readHolder(lock)) === 'dead') await rm(lock, { force: true });
    await rm(takeover, { force: true });
    return;
  }
  // Its maker was killed in the few milliseconds above, or is at work.
  if ((await readHolder(takeover)) === 'dead') await rm(takeover, { force: true });
  else await sleep(takeoverPauseMs);
}

async function readHolder(path: string): Promise<ProcessIdentity | 'dead' | 'none'> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'none';
    throw error;
  }
  const written = parseHolder(text);
  const running = written && (await identifyProcess(written.pid));
  return running && isSameStart(written.started, running.started) ? running : 'dead';
}

function parseHolder(text: string): ProcessIdentity | null {
  try {
    // Earlier versions called it `processStart` in the home's lock, and one of them may run.
    const { pid, started, processStart } = JSON.parse(text) as Partial<ProcessIdentity & { processStart: string }>;
    const start = started ?? processStart;
    return Number.isSafeInteger(pid) && typeof start === 'string' ? { pid: pid!, started: start } : null;
  } catch {
    return null;
  }
}

function release(path: string, text: string): void {
  try {
    if (readFileSync(path, 'utf8') === text) rmSync(path, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
