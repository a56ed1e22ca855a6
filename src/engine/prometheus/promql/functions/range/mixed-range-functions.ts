import type { MixedWindow, MixedWindowFunction } from '../../evaluation/slide-mixed-window';
import type { WindowFunction } from '../../evaluation/slide-window';
import { detectReset } from '../../histogram/detect-reset';
import { equalHistograms } from '../../histogram/equal-histograms';
import { averageHistograms, resetsCollide, sumHistograms } from '../../histogram/fold-histograms';
import type { NativeHistogram } from '../../histogram/native-histogram';
import type { Sample } from '../../terms/sample-source';
import type { SemanticRules } from '../../terms/semantic-rules';
import { RATE_KINDS } from './extrapolated-rate';
import { histogramRate, instantHistogramRate } from './histogram-rate';
import type { RangeNotes } from './range-notes';
import { walkSamples } from './walk-samples';

/** Functions that know floats alone: histograms in the range are left out with a note. */
const FLOATS_ONLY = new Set([
  'min_over_time',
  'max_over_time',
  'stddev_over_time',
  'stdvar_over_time',
  'quantile_over_time',
  'deriv',
  'predict_linear',
]);

/** The function of this name for ranges that hold histograms; `compute` is what it does with floats. */
export function mixedRangeFunction(
  name: string,
  compute: WindowFunction,
  rules: SemanticRules,
  notes: RangeNotes,
): MixedWindowFunction {
  if (FLOATS_ONLY.has(name)) return floatsOnly(compute, notes);
  const kind = RATE_KINDS[name];
  if (kind)
    return ofOneKind(compute, notes, ({ histograms, floats }) => histogramRate(histograms, floats, kind, rules, notes));
  switch (name) {
    case 'irate':
    case 'idelta':
      return lastTwo(compute, name === 'irate', notes);
    case 'sum_over_time':
      return ofOneKind(compute, notes, fold(sumHistograms, notes));
    case 'avg_over_time':
      return ofOneKind(compute, notes, fold(averageHistograms, notes));
    case 'count_over_time':
      return ({ floats, histograms }) => floats.to - floats.from + (histograms.to - histograms.from);
    case 'present_over_time':
      return () => 1;
    case 'first_over_time':
      return firstSample;
    case 'last_over_time':
      return lastSample;
    case 'resets':
      return (window) => countPairs(window, isReset);
    case 'changes':
      return (window) => countPairs(window, isChange);
    default:
      throw new Error(`the function ${name} does not say what it makes of histograms`);
  }
}

function floatsOnly(compute: WindowFunction, notes: RangeNotes): MixedWindowFunction {
  return ({ floats, histograms }, args) => {
    if (floats.from === floats.to) return undefined;
    if (histograms.from < histograms.to) notes.ignoredHistograms();
    return compute(floats, args);
  };
}

function ofOneKind(
  compute: WindowFunction,
  notes: RangeNotes,
  computeHistograms: (window: MixedWindow) => NativeHistogram | undefined,
): MixedWindowFunction {
  return (window, args) => {
    const { floats, histograms } = window;
    if (histograms.from === histograms.to) return compute(floats, args);
    if (floats.from === floats.to) return computeHistograms(window);
    notes.mixed();
    return undefined;
  };
}

function fold(
  join: (histograms: readonly NativeHistogram[]) => NativeHistogram,
  notes: RangeNotes,
): (window: MixedWindow) => NativeHistogram {
  return ({ histograms: { values, from, to } }) => {
    const histograms = values.slice(from, to);
    if (resetsCollide(histograms)) notes.collidingResets();
    return join(histograms);
  };
}

function firstSample({ floats, histograms }: MixedWindow): Sample {
  const isFloat =
    histograms.from === histograms.to ||
    (floats.from < floats.to && floats.times[floats.from]! < histograms.times[histograms.from]!);
  return isFloat ? floats.values[floats.from]! : histograms.values[histograms.from]!;
}

function lastSample({ floats, histograms }: MixedWindow): Sample {
  const isFloat =
    histograms.from === histograms.to ||
    (floats.from < floats.to && floats.times[floats.to - 1]! > histograms.times[histograms.to - 1]!);
  return isFloat ? floats.values[floats.to - 1]! : histograms.values[histograms.to - 1]!;
}

function lastTwo(compute: WindowFunction, isRate: boolean, notes: RangeNotes): MixedWindowFunction {
  return ({ floats, histograms }, args) => {
    const [floatCount, histogramCount] = [floats.to - floats.from, histograms.to - histograms.from];
    if (floatCount + histogramCount < 2) return undefined;
    const floatTime = (back: number) =>
      floatCount >= back ? floats.times[floats.to - back]! : Number.NEGATIVE_INFINITY;
    const histogramTime = (back: number) =>
      histogramCount >= back ? histograms.times[histograms.to - back]! : Number.NEGATIVE_INFINITY;
    if (floatTime(2) > histogramTime(1)) return compute(floats, args);
    if (histogramTime(2) <= floatTime(1)) {
      notes.mixed();
      return undefined;
    }
    const [previous, last] = [histograms.values[histograms.to - 2]!, histograms.values[histograms.to - 1]!];
    return instantHistogramRate(previous, last, histogramTime(1) - histogramTime(2), isRate, notes);
  };
}

function countPairs(window: MixedWindow, counts: (previous: Sample, current: Sample) => boolean): number {
  let count = 0;
  walkSamples(window, (previous, current) => {
    if (counts(previous, current)) count++;
  });
  return count;
}

function isReset(previous: Sample, current: Sample): boolean {
  if (typeof previous === 'number' && typeof current === 'number') return current < previous;
  return typeof previous === 'number' || typeof current === 'number' || detectReset(current, previous);
}

function isChange(previous: Sample, current: Sample): boolean {
  if (typeof previous === 'number' && typeof current === 'number')
    return current !== previous && !(Number.isNaN(current) && Number.isNaN(previous));
  return typeof previous === 'number' || typeof current === 'number' || !equalHistograms(current, previous);
}
