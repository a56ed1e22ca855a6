import type { Mark } from '../../../../shared/contract/marks';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import type { Run } from '../../../../shared/runs/run';

/** What the patterns are held against, as the address says it: `before`, `mark:NAME` or `run:ID`. */
export type Against = string;

/** The other window of a choice; null where there is no such mark or run. */
export function againstWindow(
  against: Against,
  { from, to }: TimeWindow,
  { marks, runs }: { marks: readonly Mark[]; runs: readonly Run[] },
): TimeWindow | null {
  const length = to - from;
  if (against === 'before') return { from: from - length, to: from };
  if (against.startsWith('mark:')) {
    const mark = marks.find(({ name }) => name === against.slice(5));
    // As much of before the mark as the window shows.
    return mark ? { from: mark.at - length, to: mark.at } : null;
  }
  const run = runs.find(({ id }) => id === against.slice(4));
  return run?.endedAt ? { from: run.startedAt, to: Math.max(run.endedAt, run.startedAt + 1) } : null;
}

/** Choices of what there is to hold against; at most so many of either. */
export function againstChoices({ marks, runs }: { marks: readonly Mark[]; runs: readonly Run[] }, most = 8) {
  return [
    { value: '', label: 'Not compared' },
    { value: 'before', label: 'Against the window before' },
    ...marks.slice(0, most).map(({ name }) => ({ value: `mark:${name}`, label: `Against before mark ${name}` })),
    ...runs
      .filter(({ endedAt }) => endedAt !== null)
      .slice(0, most)
      .map(({ id, name, label }) => ({ value: `run:${id}`, label: `Against run ${label ?? name} (${id})` })),
  ];
}
