import type { WebContents } from 'electron';

const budget = { crashes: 4, withinMs: 60_000, pauseMs: 10_000 };

/** Milliseconds to wait before a crashed page is loaded again: none at first, ten seconds once it crashes all the time. */
export function pauseAfterCrash(crashes: readonly number[], now: number): number {
  const recent = crashes.filter((at) => now - at < budget.withinMs);
  return recent.length > budget.crashes ? budget.pauseMs : 0;
}

/** Loads a page again after its process ended, whatever ended it. */
export function reloadAfterCrash(
  contents: WebContents,
  report: (reason: string, pauseMs: number) => void,
  now: () => number = Date.now,
): void {
  const crashes: number[] = [];
  contents.on('render-process-gone', (_event, { reason }) => {
    crashes.push(now());
    const pauseMs = pauseAfterCrash(crashes, now());
    report(reason, pauseMs);
    setTimeout(() => {
      if (!contents.isDestroyed()) contents.reload();
    }, pauseMs);
  });
}
