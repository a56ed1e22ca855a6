import type { ProjectWatch } from './project-watch';

/** Whoever starts a stack has its next container made within this. */
const quietMs = 5_000;
const limitMs = 90_000;

/** Waits for containers that somebody else is starting: until all are ready, or nothing more happens. */
export async function awaitProject(watch: ProjectWatch, signal: AbortSignal): Promise<void> {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    const before = picture(watch);
    const changed = await watch.until(
      () => watch.sight() === 'all-ready' || picture(watch) !== before,
      isWaiting(watch) ? end - Date.now() : quietMs,
      signal,
    );
    if (watch.sight() !== 'some' || !changed) return;
  }
}

function isWaiting(watch: ProjectWatch): boolean {
  return [...watch.records.values()].some(({ container, ready }) => container?.state === 'running' && !ready);
}

function picture(watch: ProjectWatch): string {
  return JSON.stringify([...watch.records.values()].map(({ container, ready }) => [container?.state, ready]));
}
