import type { Pace } from '../../pace/pace';
import { compileMatcher } from '../../regex/compile-matcher';
import type { StoredSeries } from '../../store/reader/reader';
import type { Matcher } from '../promql/terms/sample-source';
import { METRIC_NAME } from '../promql/values/labels';

/** A look at one series, in units of `Pace.isDueAfter`; a regular expression that runs costs more than a hundred looks. */
const LOOK = 20;
const EXPRESSION = 1000;

/** The series that all matchers accept, found in turns; a label that a series lacks counts as empty. */
export async function matchSeries(
  all: Iterable<StoredSeries>,
  matchers: readonly Matcher[],
  pace: Pace,
): Promise<StoredSeries[]> {
  const work = { done: 0 };
  const tests = [...matchers]
    .sort((a, b) => costOf(a) - costOf(b))
    .map((matcher) => ({ name: matcher.name, accepts: remembering(matcher, work) }));
  const found: StoredSeries[] = [];
  for (const series of all) {
    work.done = LOOK;
    if (
      tests.every(({ name, accepts }) => accepts(name === METRIC_NAME ? series.name : (series.labels.get(name) ?? '')))
    )
      found.push(series);
    if (pace.isDueAfter(work.done)) await pace.turn();
  }
  return found;
}

/** The name and equality leave the least work for the others. */
function costOf({ name, operator }: Matcher): number {
  return (operator.endsWith('~') ? 2 : 0) + (name === METRIC_NAME ? 0 : 1);
}

/** Many series share a value, and a regular expression costs a thousand times a look-up. */
function remembering(matcher: Matcher, work: { done: number }): (value: string) => boolean {
  const accepts = compileMatcher(matcher);
  if (!matcher.operator.endsWith('~')) return accepts;
  const known = new Map<string, boolean>();
  return (value) => {
    let answer = known.get(value);
    if (answer === undefined) {
      work.done += EXPRESSION;
      answer = accepts(value);
      known.set(value, answer);
    }
    return answer;
  };
}
