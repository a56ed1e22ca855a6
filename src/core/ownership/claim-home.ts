import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { createFolder } from '../../ground/create-folder';
import { isSameStart } from '../../ground/process-start';
import type { Problem } from '../../shared/problem';
import { readProcessStart } from './read-process-start';

const Holder = z.object({ pid: z.number(), processStart: z.string() });
type Holder = z.infer<typeof Holder>;

const takeoverPauseMs = 10;

export type HomeClaim =
  | { state: 'owned'; processStart: string; release(): Promise<void> }
  | { state: 'held'; pid: number }
  | { state: 'unusable'; problem: Problem };

/**
 * Makes this process the one host of a home. The lock names its holder by pid and start time, so that the lock of a
 * killed host, or one whose pid now belongs to another program, is taken over.
 */
export async function claimHome(home: string): Promise<HomeClaim> {
  const lock = join(home, 'host.lock');
  const mine = `${lock}.${process.pid}-${randomBytes(4).toString('hex')}`;
  const processStart = (await readProcessStart(process.pid)) ?? '';
  const text = JSON.stringify({ pid: process.pid, processStart } satisfies Holder);
  try {
    createFolder(home);
    await writeFile(mine, text, { mode: 0o600 });
  } catch (error) {
    return { state: 'unusable', problem: unusableHome(home, error) };
  }
  try {
    for (;;) {
      if (await linkIfFree(mine, lock)) return { state: 'owned', processStart, release: () => release(lock, text) };
      const holder = await readLiveHolder(lock);
      if (holder === 'none') continue;
      if (holder !== 'dead') return { state: 'held', pid: holder.pid };
      await removeStale(lock, mine);
    }
  } finally {
    await rm(mine, { force: true });
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
 * Removes the lock of a dead holder. One host at a time may do so, and looks again before it does: else a slow one
 * would remove the lock that a quicker one has just made.
 */
async function removeStale(lock: string, mine: string): Promise<void> {
  const takeover = `${lock}.takeover`;
  if (await linkIfFree(mine, takeover)) {
    if ((await readLiveHolder(lock)) === 'dead') await rm(lock, { force: true });
    await rm(takeover, { force: true });
    return;
  }
  // Its maker was killed in the few milliseconds above, or is at work.
  if ((await readLiveHolder(takeover)) === 'dead') await rm(takeover, { force: true });
  else await sleep(takeoverPauseMs);
}

async function readLiveHolder(lock: string): Promise<Holder | 'dead' | 'none'> {
  const text = await readFile(lock, 'utf8').catch(() => null);
  if (text === null) return 'none';
  const holder = parseHolder(text);
  return holder && isSameStart(holder.processStart, await readProcessStart(holder.pid)) ? holder : 'dead';
}

async function release(lock: string, text: string): Promise<void> {
  if ((await readFile(lock, 'utf8').catch(() => null)) === text) await rm(lock, { force: true });
}

function parseHolder(text: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function unusableHome(home: string, error: unknown): Problem {
  return {
    kind: 'home-not-writable',
    message: `The Watchtower home ${home} cannot be written: ${(error as Error).message}`,
    hint: 'Give this user write access to it, or choose another folder with WATCHTOWER_HOME.',
  };
}
