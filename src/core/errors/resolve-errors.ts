import type { ErrorsInput } from '../../shared/contract/errors';
import type { Mark } from '../../shared/contract/marks';
import type { TimeWindow } from '../../shared/contract/telemetry';
import type { Problem } from '../../shared/problem';
import type { Run } from '../../shared/runs/run';

const hourMs = 3_600_000;
/** What a run's programs send when its command has ended. */
const afterRunMs = 60_000;
const beforeRunMs = 1000;

export interface Since {
  /** Unix milliseconds. */
  readonly at: number;
  readonly words: string;
}

/** What is known of runs and marks. */
export interface Moments {
  readonly findRun: (ref: string) => Run | { problem: Problem };
  /** Newest first. */
  readonly runs: () => readonly Run[];
  readonly marks: () => readonly Mark[];
}

/** The run that is asked for, and the window: without one the run's own, else the last hour. */
export function resolveWindow(
  { window, run: ref }: { window?: TimeWindow | undefined; run?: string | undefined },
  { findRun }: Pick<Moments, 'findRun'>,
  now: number,
): { window: TimeWindow; run: Run | null } | { problem: Problem } {
  const run = ref === undefined ? null : findRun(ref);
  if (run && 'problem' in run) return run;
  if (window) return { window, run };
  if (!run) return { window: { from: now - hourMs, to: now + 1 }, run };
  return { window: { from: run.startedAt - beforeRunMs, to: (run.endedAt ?? now) + afterRunMs }, run };
}

/** What an error is new against. */
export function resolveSince(
  newSince: ErrorsInput['newSince'],
  window: TimeWindow,
  { runs, marks }: Moments,
): Since | { problem: Problem } {
  if (newSince === undefined || newSince === 'window') return { at: window.from, words: 'the window began' };
  if (typeof newSince === 'number') return { at: newSince, words: new Date(newSince).toISOString() };
  if (newSince === 'run') return sinceLastRun(runs());
  const mark = marks().find(({ name }) => name === newSince.mark);
  if (mark) return { at: mark.at, words: `mark ${mark.name}` };
  const known = marks().slice(0, 5);
  return {
    problem: {
      kind: 'mark-unknown',
      message: `There is no mark ${JSON.stringify(newSince.mark)}.`,
      hint:
        known.length > 0 ? `Marks: ${known.map(({ name }) => name).join(', ')}.` : '`watchtower mark NAME` sets one.',
    },
  };
}

/** The newest run that another one of its name went before, else the newest one. */
function sinceLastRun(runs: readonly Run[]): Since | { problem: Problem } {
  const again = runs.find((run, at) => runs.slice(at + 1).some(({ name }) => name === run.name)) ?? runs[0];
  if (again) return { at: again.startedAt, words: `run ${again.name} (${again.id}) began` };
  return {
    problem: {
      kind: 'unknown-run',
      message: 'There is no run that an error could be new since.',
      hint: 'Start one: `watchtower run -- COMMAND`.',
    },
  };
}
