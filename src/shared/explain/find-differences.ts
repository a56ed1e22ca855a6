import { compareTexts } from '../compare-texts';
import type { Difference, ExplainedValue } from '../contract/explain';
import type { ExplainedRows, TypedValue, ValueRows } from './explained-rows';
import { queryOfValue } from './query-of-value';
import { type Strata, splitStrata, type ValueTest, ValueTester } from './value-tester';

/** Smaller effects are told of nothing, however sure they are. */
const leastEffect = 0.2;
const leastShare = 0.02;
/** How often, of so many questions, chance alone may be told as a difference. */
const mostChance = 0.01;
/** Values that are held against each other. */
const mostRanked = 40;
/** Of two values of the same rows, so many of all that have either have both. */
const sameFrom = 0.95;
const mostSame = 6;
const mostFollowing = 3;
const mostCharacters = 300;
/** What people change: of several that say the same it comes first. */
const changedNames = /version$|flag|release|revision|commit|deployment|build/;
/** Names that somebody was given by a machine: of several that say the same they come last. */
const givenNames = /(?:instance\.id|container\.id|\.uid|process\.pid|thread\.id)$/;

interface SoughtDifferences {
  readonly signal: 'traces' | 'logs';
  readonly most: number;
  /** `more`: what the selection has more of. */
  readonly only?: 'any' | 'more';
}

interface Ranked {
  readonly candidate: ValueRows;
  readonly test: ValueTest;
  /** By which they stand: the effect that is left beside those above. */
  rest: ValueTest;
}

/**
 * Values that tell the selection from what it is held against, the greatest effect first. One that differs only since another does is
 * folded under it: as the same, where nearly the same rows have it, else as one that follows. Yields the work done, in units of ten
 * nanoseconds.
 */
export function* findDifferences(
  rows: ExplainedRows,
  values: readonly ValueRows[],
  { signal, most, only = 'any' }: SoughtDifferences,
): Generator<number, Difference[]> {
  let strata: Strata = { of: rows.operation, count: rows.operations };
  let tester = new ValueTester(rows, strata);
  yield rows.count;
  const all: Ranked[] = [];
  for (const candidate of values) {
    const test = tester.test(candidate.rows, leastEffect);
    yield candidate.rows.length + 20;
    const isSought = only === 'any' || (test.effect > 0 && candidate.value.value !== null);
    if (isSought && isTold(test, values.length)) all.push({ candidate, test, rest: test });
  }
  let pool = all.sort(compareRanked).slice(0, mostRanked);
  const told: Difference[] = [];
  while (pool.length > 0 && told.length < most) {
    const [pick, ...others] = pool as [Ranked, ...Ranked[]];
    strata = splitStrata(strata, pick.candidate.rows, rows.count);
    tester = new ValueTester(rows, strata);
    yield 3 * rows.count;
    const left: Ranked[] = [];
    const folded: Ranked[] = [];
    for (const other of others) {
      const rest = tester.test(other.candidate.rows, leastEffect);
      yield other.candidate.rows.length + 20;
      const isLeft = isTold(rest, values.length) && rest.effect > 0 === other.test.effect > 0;
      if (isLeft) left.push({ ...other, rest });
      else folded.push(other);
    }
    const [same, following] = partition(folded, ({ candidate }) => isSame(candidate.rows, pick.candidate.rows));
    yield folded.length * pick.candidate.rows.length;
    told.push({
      ...shown(pick.candidate.value),
      ...figuresOf(pick.test, values.length),
      effect: pick.rest.effect,
      same: same.slice(0, mostSame).map(({ candidate }) => shown(candidate.value)),
      follows: following.length,
      following: following
        .flatMap(({ candidate: { value } }) => (value.value === null ? [] : [shown(value)]))
        .slice(0, mostFollowing),
      query: queryOfValue(pick.candidate.value, signal),
    });
    pool = left.sort(compareRanked);
  }
  return told;
}

function isTold({ effect, share, expected, reach, chance }: ValueTest, tested: number): boolean {
  return (
    Math.abs(effect) >= leastEffect &&
    Math.abs(share - expected) >= leastShare &&
    reach >= leastShare &&
    chance * tested < mostChance
  );
}

function figuresOf({ selectionCount, againstCount, share, expected, chance }: ValueTest, tested: number) {
  const lift = againstCount === 0 || expected === 0 ? null : share / expected;
  return { selectionCount, againstCount, share, expected, lift, chance: Math.min(1, chance * tested) };
}

function shown({ place, key, value }: TypedValue): ExplainedValue {
  return { place, key: cut(key), value: value === null ? null : cut(value) };
}

function cut(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1)}…` : text;
}

function compareRanked(a: Ranked, b: Ranked): number {
  return (
    scoreOf(b) - scoreOf(a) ||
    familiarity(a.candidate.value) - familiarity(b.candidate.value) ||
    compareTexts(a.candidate.value.key, b.candidate.value.key) ||
    compareTexts(a.candidate.value.place, b.candidate.value.place) ||
    compareTexts(a.candidate.value.value ?? '', b.candidate.value.value ?? '')
  );
}

function familiarity({ key }: TypedValue): number {
  return changedNames.test(key) ? 0 : givenNames.test(key) ? 2 : 1;
}

/** What tells of much of the selection stands above what tells of little; what is there says more than what is not, and an attribute that is missing the least. */
function scoreOf({ candidate, test, rest }: Ranked): number {
  const effect = Math.min(Math.abs(test.effect), Math.abs(rest.effect));
  const told =
    effect * Math.sqrt(test.reach) * (rest.effect > 0 ? 1 : 0.8) * (candidate.value.value === null ? 0.8 : 1);
  return Math.round(told * 1e6);
}

function isSame(a: Uint32Array, b: Uint32Array): boolean {
  if (Math.min(a.length, b.length) < sameFrom * Math.max(a.length, b.length)) return false;
  let both = 0;
  for (let [left, right] = [0, 0]; left < a.length && right < b.length; ) {
    const difference = a[left]! - b[right]!;
    if (difference === 0) both++;
    if (difference <= 0) left++;
    if (difference >= 0) right++;
  }
  return both >= sameFrom * (a.length + b.length - both);
}

function partition<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  const [first, second]: [Item[], Item[]] = [[], []];
  for (const item of items) (isFirst(item) ? first : second).push(item);
  return [first, second];
}
