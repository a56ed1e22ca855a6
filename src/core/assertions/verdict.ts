import type { Place } from './case';
import type { Failure } from './judge/judge-answer';

/** Of one expectation. */
export interface Verdict {
  place: Place;
  /** What was expected, in one line. */
  expected: string;
  /** `refused`: it cannot be judged, which the failures say. */
  state: 'met' | 'unmet' | 'refused';
  failures: readonly Failure[];
  /** Why nothing was found, the nearest miss first. */
  seen: readonly string[];
  tookMs: number;
}

/** Of one case, or of a file of budgets. */
export interface CaseVerdict {
  name: string;
  place: Place;
  state: 'passed' | 'failed' | 'refused';
  verdicts: readonly Verdict[];
  tookMs: number;
}

export function caseVerdict(
  { name, place }: Pick<CaseVerdict, 'name' | 'place'>,
  verdicts: readonly Verdict[],
  tookMs: number,
): CaseVerdict {
  const has = (state: Verdict['state']) => verdicts.some((verdict) => verdict.state === state);
  const state = has('unmet') ? 'failed' : has('refused') ? 'refused' : 'passed';
  return { name, place, state, verdicts, tookMs };
}
