import { join } from 'node:path';
import { createFolder } from '../../ground/create-folder';
import { takeLock } from '../../ground/take-lock';
import type { Problem } from '../../shared/problem';

export type HomeClaim =
  /** `processStart` as of `ProcessIdentity`. */
  | { state: 'owned'; processStart: string; release(): void }
  | { state: 'held'; pid: number }
  | { state: 'unusable'; problem: Problem };

/** Makes this process the one host of a home. */
export async function claimHome(home: string): Promise<HomeClaim> {
  try {
    createFolder(home);
    const lock = await takeLock(join(home, 'host.lock'));
    if ('holder' in lock) return { state: 'held', pid: lock.holder.pid };
    return { state: 'owned', processStart: lock.own.started, release: lock.release };
  } catch (error) {
    return { state: 'unusable', problem: unusableHome(home, error) };
  }
}

function unusableHome(home: string, error: unknown): Problem {
  return {
    kind: 'home-not-writable',
    message: `The Watchtower home ${home} cannot be written: ${(error as Error).message}`,
    hint: 'Give this user write access to it, or choose another folder with WATCHTOWER_HOME.',
  };
}
