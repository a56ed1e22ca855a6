import type { Run } from './run';

type Verdict = NonNullable<Run['outcome']>['verdict'];

/** Of a run, against the last one of its name. */
export const verdictWords: Record<Verdict, string> = {
  first: 'first of its name',
  same: 'the same',
  different: 'different',
  worse: 'worse',
  incomparable: 'not comparable',
};

/** How a run stands: `running`, `lost`, `SIGTERM`, `exit 1`. */
export function describeEnd({ state, exitCode, signal }: Pick<Run, 'state' | 'exitCode' | 'signal'>): string {
  if (state !== 'ended') return state;
  if (signal !== undefined) return signal;
  return exitCode === null ? 'ended' : `exit ${exitCode}`;
}

/** Whether a run ended, and well. */
export function endedWell({ state, exitCode }: Pick<Run, 'state' | 'exitCode'>): boolean {
  return state === 'ended' && exitCode === 0;
}
