import type { Run } from '../../../../shared/runs/run';
import { parseSince, relativeChoices, type TimeSearch } from '../../../page/time-window';

/** Around a run, for what its last flush brought and for clocks of other machines. */
const marginMs = 60_000;

/** Unix milliseconds that hold all of what a run sent so far. */
export function runBounds({ startedAt, endedAt }: Pick<Run, 'startedAt' | 'endedAt'>, now: number) {
  return { from: Math.max(1, startedAt - marginMs), to: (endedAt ?? now) + marginMs };
}

/** For links: the window of a run that ended; of one that runs, a window that goes on with it. */
export function runWindow(run: Pick<Run, 'startedAt' | 'endedAt'>, now: number): TimeSearch {
  if (run.endedAt !== null) return runBounds(run, now);
  const since = relativeChoices.find((choice) => (parseSince(choice) ?? 0) >= now - run.startedAt + marginMs);
  return { since: since ?? relativeChoices.at(-1) };
}
