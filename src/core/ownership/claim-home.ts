import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../shared/problem';
import { readProcessStart } from './read-process-start';

const Holder = z.object({ pid: z.number(), processStart: z.string() });
type Holder = z.infer<typeof Holder>;

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
    await mkdir(home, { recursive: true, mode: 0o700 });
    await writeFile(mine, text, { mode: 0o600 });
  } catch (error) {
    return { state: 'unusable', problem: unusableHome(home, error) };
  }
  try {
    for (;;) {
      if (await linkIfFree(mine, lock)) return { state: 'owned', processStart, release: () => release(lock, text) };
      const found = await readFile(lock, 'utf8').catch(() => null);
      if (found === null) continue;
      const holder = parseHolder(found);
      if (holder && (await readProcessStart(holder.pid)) === holder.processStart) {
        return { state: 'held', pid: holder.pid };
      }
      await setAside(lock, found);
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

/** Removes the stale lock; if another host took it over in between, that one's lock is put back. */
async function setAside(lock: string, stale: string): Promise<void> {
  const aside = `${lock}.stale-${randomBytes(4).toString('hex')}`;
  try {
    await rename(lock, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8').catch(() => stale)) !== stale) await linkIfFree(aside, lock);
  await rm(aside, { force: true });
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
