import type { HistogramWindow } from '../../evaluation/slide-mixed-window';
import type { Window } from '../../evaluation/slide-window';
import { detectReset } from '../../histogram/detect-reset';
import { HistogramSum } from '../../histogram/histogram-sum';
import { type NativeHistogram, NO_BUCKETS } from '../../histogram/native-histogram';
import { divideHistogram, multiplyHistogram } from '../../histogram/scale-histogram';
import type { SemanticRules } from '../../terms/semantic-rules';
import { extrapolationFactor } from './extrapolate';
import type { RateKind } from './extrapolated-rate';
import type { RangeNotes } from './range-notes';

/** `rate`, `increase` and `delta` of histograms: bucket by bucket what they are for floats. */
export function histogramRate(
  { times, values, from, to }: HistogramWindow,
  { startMs, endMs }: Pick<Window, 'startMs' | 'endMs'>,
  { isCounter, perSecond }: RateKind,
  rules: SemanticRules,
  notes: RangeNotes,
): NativeHistogram | undefined {
  if (to - from < 2) return undefined;
  const change = isCounter ? increaseOf(values, from, to, notes) : differenceOf(values[from]!, values[to - 1]!, notes);
  const factor = extrapolationFactor(
    {
      firstMs: times[from]!,
      lastMs: times[to - 1]!,
      samples: to - from,
      startMs,
      endMs,
      ...(isCounter && { counter: { first: values[from]!.count, increase: change.count } }),
    },
    rules,
  );
  return multiplyHistogram(change, perSecond ? factor / ((endMs - startMs) / 1000) : factor);
}

/** `irate` and `idelta` of the last two histograms of a range. */
export function instantHistogramRate(
  previous: NativeHistogram,
  last: NativeHistogram,
  elapsedMs: number,
  isRate: boolean,
  notes: RangeNotes,
): NativeHistogram {
  const gauges = [previous, last].filter(({ counterReset }) => counterReset === 'gauge').length;
  if (isRate && gauges > 0) notes.notCounter();
  if (!isRate && gauges < 2) notes.notGauge();
  const change = isRate && detectReset(last, previous) ? asGauge(last) : subtract(last, previous);
  return isRate ? divideHistogram(change, elapsedMs / 1000) : change;
}

function increaseOf(values: readonly NativeHistogram[], from: number, to: number, notes: RangeNotes): NativeHistogram {
  for (let i = from; i < to; i++) if (values[i]!.counterReset === 'gauge') notes.notCounter();
  // A reset right after the first histogram makes its buckets irrelevant, their schema included.
  const second = values[from + 1]!;
  let previous = detectReset(second, values[from]!) ? emptyLike(second) : values[from]!;
  const increase = new HistogramSum(values[to - 1]!);
  increase.add(previous, -1);
  for (let i = from + 1; i < to; i++) {
    const current = values[i]!;
    if (detectReset(current, previous)) increase.add(previous);
    previous = current;
  }
  const coarsest = values.slice(from + 1, to).reduce((least, { schema }) => Math.min(least, schema), second.schema);
  increase.add({ ...emptyLike(second), schema: coarsest });
  return increase.result('gauge');
}

function differenceOf(first: NativeHistogram, last: NativeHistogram, notes: RangeNotes): NativeHistogram {
  if (first.counterReset !== 'gauge' || last.counterReset !== 'gauge') notes.notGauge();
  return subtract(last, first);
}

function subtract(left: NativeHistogram, right: NativeHistogram): NativeHistogram {
  const difference = new HistogramSum(left);
  difference.add(right, -1);
  return difference.result('gauge');
}

function asGauge(histogram: NativeHistogram): NativeHistogram {
  return { ...histogram, counterReset: 'gauge' };
}

function emptyLike({ schema }: NativeHistogram): NativeHistogram {
  return {
    schema,
    count: 0,
    sum: 0,
    zeroThreshold: 0,
    zeroCount: 0,
    positive: NO_BUCKETS,
    negative: NO_BUCKETS,
    counterReset: 'unknown',
  };
}
