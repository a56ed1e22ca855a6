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
  const ready = pairs.map(({ before, after }) => ({ before: warm(before), after: warm(after) }));
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
  return ready.map((pair, index): Latency => {
    const medians = { beforeNs: median(pair.before), afterNs: median(pair.after) };
    if (!isEnough(pair)) return { verdict: 'too-few', counts: [pair.before.length, pair.after.length], ...medians };
    const place = candidates.indexOf(index);
    const p = adjusted[place] ?? 1;
    if (p > mostChance) return { verdict: 'same' };
    return { verdict: tests[place]!.slower ? 'slower' : 'faster', ...medians, p };
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

function isEnough({ before, after }: Timed): boolean {
  return before.length >= leastSamples && after.length >= leastSamples;
}

/**
 * Whether any way of splitting these very values in two could differ by more than the floor. It does not look at which value is
 * whose, so leaving out those that could not does not favour a verdict, and the others are not adjusted for them.
 */
function mayDiffer({ before, after }: Timed): boolean {
  const pooled = [...before, ...after].sort((a, b) => a - b);
  const few = Math.min(before.length, after.length);
  return median(pooled.slice(-few)) > withFloor(median(pooled.slice(0, few)));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
