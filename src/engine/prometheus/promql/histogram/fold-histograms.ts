import { HistogramSum } from './histogram-sum';
import type { NativeHistogram } from './native-histogram';
import { divideHistogram } from './scale-histogram';

/** The sum of at least one histogram. */
export function sumHistograms(histograms: readonly NativeHistogram[]): NativeHistogram {
  return addUp(histograms).result();
}

/** The average of at least one histogram; where their sum overflows, of parts that are divided first. */
export function averageHistograms(histograms: readonly NativeHistogram[]): NativeHistogram {
  const average = addUp(histograms).result(undefined, histograms.length);
  if (!overflows(average) || histograms.some(overflows)) return average;
  return addUp(histograms.map((histogram) => divideHistogram(histogram, histograms.length))).result();
}

/** Whether some tell of a reset and others of none, so that the sum's resets cannot be known. */
export function resetsCollide(histograms: readonly NativeHistogram[]): boolean {
  const told = new Set(histograms.map(({ counterReset }) => counterReset));
  return told.has('reset') && told.has('not-reset');
}

function addUp([first, ...others]: readonly NativeHistogram[]): HistogramSum {
  const sum = new HistogramSum(first!);
  for (const other of others) sum.add(other);
  return sum;
}

function overflows({ count, sum, zeroCount, positive, negative }: NativeHistogram): boolean {
  const isInfinite = (value: number) => Math.abs(value) === Number.POSITIVE_INFINITY;
  return (
    [count, sum, zeroCount].some(isInfinite) || positive.counts.some(isInfinite) || negative.counts.some(isInfinite)
  );
}
