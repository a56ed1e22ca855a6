import type { StoredSeries } from '../store/reader';
import type { Matcher } from './promql/sample-source';
import { compileMatcher } from './promql/syntax/compile-matcher';
import { METRIC_NAME } from './promql/values/labels';

/** The series that all matchers accept; a label that a series lacks counts as empty. */
export function matchSeries(all: Iterable<StoredSeries>, matchers: readonly Matcher[]): StoredSeries[] {
  const tests = [...matchers]
    .sort((a, b) => costOf(a) - costOf(b))
    .map((matcher) => ({ name: matcher.name, accepts: remembering(matcher) }));
  const found: StoredSeries[] = [];
  for (const series of all) {
    if (
      tests.every(({ name, accepts }) => accepts(name === METRIC_NAME ? series.name : (series.labels.get(name) ?? '')))
    )
      found.push(series);
  }
  return found;
}

/** The name and equality leave the least work for the others. */
function costOf({ name, operator }: Matcher): number {
  return (operator.endsWith('~') ? 2 : 0) + (name === METRIC_NAME ? 0 : 1);
}

/** Many series share a value, and a regular expression costs a thousand times a look-up. */
function remembering(matcher: Matcher): (value: string) => boolean {
  const accepts = compileMatcher(matcher);
  if (!matcher.operator.endsWith('~')) return accepts;
  const known = new Map<string, boolean>();
  return (value) => {
    const answer = known.get(value) ?? accepts(value);
    known.set(value, answer);
    return answer;
  };
}
