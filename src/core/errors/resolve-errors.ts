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

interface Asked {
  readonly window?: TimeWindow | undefined;
  readonly run?: string | undefined;
  readonly runs?: readonly string[] | undefined;
}

/** The runs that are asked for, and the window: without one that of the runs, else the last hour. */
export function resolveWindow(
  { window, run, runs: several = [] }: Asked,
  { findRun }: Pick<Moments, 'findRun'>,
  now: number,
): { window: TimeWindow; runIds: string[] | undefined } | { problem: Problem } {
  const runs: Run[] = [];
  for (const ref of run === undefined ? several : [run, ...several]) {
    const found = findRun(ref);
    if ('problem' in found) return found;
    runs.push(found);
  }
  if (runs.length === 0) return { window: window ?? { from: now - hourMs, to: now + 1 }, runIds: undefined };
  const from = Math.min(...runs.map(({ startedAt }) => startedAt)) - beforeRunMs;
  const to = Math.max(...runs.map(({ endedAt }) => endedAt ?? now)) + afterRunMs;
  return { window: window ?? { from, to }, runIds: runs.map(({ id }) => id) };
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
