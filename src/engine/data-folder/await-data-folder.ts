import { setTimeout as sleep } from 'node:timers/promises';
import { claimDataFolder } from './claim-data-folder';

const lookMs = 50;

/**
 * Claims a data folder, and gives a holder that is on its way out some time to go: the engine of a host that was killed
 * outlives it by a moment. Answers as `claimDataFolder`.
 */
export async function awaitDataFolder(dataDir: string, patienceMs: number): ReturnType<typeof claimDataFolder> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const claim = await claimDataFolder(dataDir);
    if (!('problem' in claim) || claim.problem.kind !== 'data-folder-held' || performance.now() > until) return claim;
    await sleep(lookMs);
  }
}
