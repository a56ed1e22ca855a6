import { ascending } from '../ascending';
import { holm } from './holm';
import { mannWhitney } from './mann-whitney';

/** A difference that is smaller is none: 5 ms, or 20 % of what it was. */
const floorNs = 5e6;
const floorShare = 0.2;
const leastSamples = 4;
const warmUpFrom = 5;
const mostChance = 0.05;

export interface Timed {
  /** Nanoseconds, by start. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export type Latency =
  | { readonly verdict: 'slower' | 'faster'; readonly beforeNs: number; readonly afterNs: number; readonly p: number }
  | { readonly verdict: 'same' }
  /** With the medians of what there is. */
  | {
      readonly verdict: 'too-few';
      readonly counts: readonly [number, number];
      readonly beforeNs: number;
      readonly afterNs: number;
    };

/**
 * Which of several durations changed: where one side is greater than the other and the floor together, by the test of Mann and
 * Whitney, two-sided, at 5 % over all of them (Holm). The first of five or more is warm-up. Below four on a side: too few. `pace` is
 * how many times as long everything takes: what only follows it has not changed, and what does not follow it has not either.
 */
export function judgeLatency(pairs: readonly Timed[], pace = 1): Latency[] {
  const [slow, fast] = [Math.max(1, pace), Math.min(1, pace)];
  const ready = pairs.map(({ before, after }) => ({ before: ascending(warm(before)), after: ascending(warm(after)) }));
  const candidates = ready.flatMap((pair, index) => (isEnough(pair) && mayDiffer(pair) ? [index] : []));
  const tests = candidates.map((index) => {
    const { before, after } = ready[index]!;
    const slower = mannWhitney(
      after,
      before.map((value) => withFloor(slow * value)),
    );
    const faster = mannWhitney(
      before.map((value) => fast * value),
      after.map(withFloor),
    );
    return { slower: slower <= faster, p: Math.min(1, 2 * Math.min(slower, faster)) };
  });
  const adjusted = holm(tests.map(({ p }) => p));
  const places = new Map(candidates.map((index, place) => [index, place]));
  return ready.map((pair, index): Latency => {
    if (!isEnough(pair))
      return { verdict: 'too-few', counts: [pair.before.length, pair.after.length], ...mediansOf(pair) };
    const place = places.get(index);
    if (place === undefined || adjusted[place]! > mostChance) return { verdict: 'same' };
    return { verdict: tests[place]!.slower ? 'slower' : 'faster', ...mediansOf(pair), p: adjusted[place]! };
  });
}

export function isBeyondFloor(before: number, after: number): boolean {
  return after > withFloor(before) || before > withFloor(after);
}

function withFloor(duration: number): number {
  return duration + Math.max(floorNs, floorShare * duration);
}

function warm(samples: readonly number[]): readonly number[] {
  return samples.length >= warmUpFrom ? samples.slice(1) : samples;
}

/** Ascending, without the warm-up. */
interface Ready {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

function mediansOf({ before, after }: Ready): { beforeNs: number; afterNs: number } {
  return { beforeNs: medianOf(before), afterNs: medianOf(after) };
}

function isEnough({ before, after }: Ready): boolean {
  return before.length >= leastSamples && after.length >= leastSamples;
}

/**
 * Whether any way of splitting these very values in two could differ by more than the floor. It does not look at which value is
 * whose, so leaving out those that could not does not favour a verdict, and the others are not adjusted for them.
 */
function mayDiffer({ before, after }: Ready): boolean {
  const least = Math.min(before[0]!, after[0]!);
  const most = Math.max(before.at(-1)!, after.at(-1)!);
  if (most <= withFloor(least)) return false;
  const few = Math.min(before.length, after.length);
  const all = before.length + after.length;
  return medianOfPooled(before, after, all - few, few) > withFloor(medianOfPooled(before, after, 0, few));
}

/** Of so many values from a place on, where both ascending lists are put together in order. */
function medianOfPooled(one: Float64Array, other: Float64Array, from: number, count: number): number {
  const upper = from + (count >> 1);
  const lower = count % 2 === 1 ? upper : upper - 1;
  let [below, value] = [0, 0];
  for (let at = 0, ofOne = 0; at <= upper; at++) {
    const isOneNext = at - ofOne === other.length || one[ofOne]! <= other[at - ofOne]!;
    value = isOneNext ? one[ofOne++]! : other[at - ofOne]!;
    if (at === lower) below = value;
  }
  return lower === upper ? value : (below + value) / 2;
}

/** The middle of an ascending list, or between the two middles; 0 of an empty one. */
function medianOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
