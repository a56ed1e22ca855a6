import type { CutPart, RunTelemetry } from '../../../shared/runs/run-summary';
import { type Comparison, holds } from '../comparison';
import type { Unjudged } from './budget';

/** Whether a number meets its bound; `unknown` where it is only the least that it can be, and more would change that. */
export function mayHold(least: number, bound: Pick<Comparison, 'operator' | 'value'>, isWhole: boolean) {
  const now = holds(least, bound);
  if (isWhole) return now;
  switch (bound.operator) {
    case '>=':
    case '>':
      return now || 'unknown';
    case '<=':
    case '<':
      return now ? 'unknown' : false;
    case '==':
      return least > bound.value ? false : 'unknown';
    case '!=':
      return least > bound.value || 'unknown';
  }
}

/** Whether a summary has nothing of these in part only. */
export function isWhole({ cut }: RunTelemetry, ...parts: readonly CutPart[]): boolean {
  return !parts.some((part) => cut?.includes(part));
}

/** `seen`: what was seen of it, `3 traces`. */
export function notWhole({ leftOut }: RunTelemetry, seen: string): Unjudged {
  const why = leftOut.length > 0 ? leftOut.join(' ') : 'Some of the run lies far from its time.';
  return { unjudged: `it cannot be judged: ${seen} so far, and there is more. ${why}` };
}
