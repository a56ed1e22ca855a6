import type { RangeAggregation } from '../logql/ast';

/** Samples of one series inside a window: times in nanoseconds before the same origin, ascending. */
interface Window {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly from: number;
  readonly to: number;
  /** The window's end and length, nanoseconds. */
  readonly end: number;
  readonly range: number;
}

type RangeFunctionOf = (window: Window) => number;

function fold(window: Window, initial: number, step: (total: number, value: number) => number): number {
  let total = initial;
  for (let i = window.from; i < window.to; i++) total = step(total, window.values[i]!);
  return total;
}

const sum: RangeFunctionOf = (window) => fold(window, 0, (total, value) => total + value);
const count: RangeFunctionOf = ({ from, to }) => to - from;
const perSecond =
  (total: RangeFunctionOf): RangeFunctionOf =>
  (window) =>
    total(window) / (window.range / 1e9);

function mean(window: Window): number {
  let result = 0;
  for (let i = window.from; i < window.to; i++) {
    const n = i - window.from + 1;
    const value = window.values[i]!;
    // An infinite mean stays unless an infinity of the other sign or NaN comes.
    if (Math.abs(result) === Number.POSITIVE_INFINITY && (value === result || Number.isFinite(value))) continue;
    result += value / n - result / n;
  }
  return result;
}

// Welford's method, as Loki computes it.
function variance(window: Window): number {
  let average = 0;
  let squares = 0;
  for (let i = window.from; i < window.to; i++) {
    const delta = window.values[i]! - average;
    average += delta / (i - window.from + 1);
    squares += delta * (window.values[i]! - average);
  }
  return squares / (window.to - window.from);
}

/** Interpolates between the two nearest ranks. */
function quantile(q: number, values: Float64Array): number {
  if (values.length === 0) return Number.NaN;
  if (q < 0) return Number.NEGATIVE_INFINITY;
  if (q > 1) return Number.POSITIVE_INFINITY;
  const sorted = values.slice().sort();
  const rank = q * (sorted.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const weight = rank - Math.floor(rank);
  return sorted[lower]! * (1 - weight) + sorted[Math.min(sorted.length - 1, lower + 1)]! * weight;
}

// Prometheus' extrapolation of a counter that may have been reset.
function counterRate({ times, values, from, to, end, range }: Window): number {
  if (to - from < 2) return 0;
  let increase = values[to - 1]! - values[from]!;
  let last = 0;
  for (let i = from; i < to; i++) {
    if (values[i]! < last) increase += last;
    last = values[i]!;
  }
  const sampled = (times[to - 1]! - times[from]!) / 1e9;
  const between = sampled / (to - from - 1);
  let toStart = (times[from]! - (end - range)) / 1e9;
  let toEnd = (end - times[to - 1]!) / 1e9;
  if (toStart >= between * 1.1) toStart = between / 2;
  if (increase > 0 && values[from]! >= 0) toStart = Math.min(toStart, sampled * (values[from]! / increase));
  if (toEnd >= between * 1.1) toEnd = between / 2;
  return (increase * ((sampled + toStart + toEnd) / sampled)) / (range / 1e9);
}

/** The function of a range aggregation over one window that holds at least one sample. */
export function rangeFunction({ function: name, parameter, unwrap }: RangeAggregation): RangeFunctionOf {
  switch (name) {
    case 'count_over_time':
      return count;
    case 'rate':
      return perSecond(unwrap ? sum : count);
    case 'bytes_over_time':
    case 'sum_over_time':
      return sum;
    case 'bytes_rate':
      return perSecond(sum);
    case 'rate_counter':
      return counterRate;
    case 'avg_over_time':
      return mean;
    case 'min_over_time':
      return (window) =>
        fold(window, Number.NaN, (least, value) => (value < least || Number.isNaN(least) ? value : least));
    case 'max_over_time':
      return (window) => fold(window, Number.NaN, (most, value) => (value > most || Number.isNaN(most) ? value : most));
    case 'stdvar_over_time':
      return variance;
    case 'stddev_over_time':
      return (window) => Math.sqrt(variance(window));
    case 'quantile_over_time':
      return (window) => quantile(parameter!, window.values.subarray(window.from, window.to));
    case 'first_over_time':
      return (window) => window.values[window.from]!;
    case 'last_over_time':
      return (window) => window.values[window.to - 1]!;
    case 'absent_over_time':
      return () => 1;
  }
}
