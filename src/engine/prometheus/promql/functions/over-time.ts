import type { WindowFunction } from '../evaluation/slide-window';
import {
  averageOf,
  countOf,
  deviationOf,
  type Fold,
  greatestOf,
  leastOf,
  oneOf,
  sumOf,
  varianceOf,
} from '../values/folds';
import { quantileOf } from '../values/quantile-of';

function folding(fold: Fold): WindowFunction {
  return ({ values, from, to }) => fold(values, from, to);
}

const changes: WindowFunction = ({ values, from, to }) => {
  let count = 0;
  for (let i = from + 1; i < to; i++) {
    const bothNaN = Number.isNaN(values[i]) && Number.isNaN(values[i - 1]);
    if (values[i] !== values[i - 1] && !bothNaN) count++;
  }
  return count;
};

const resets: WindowFunction = ({ values, from, to }) => {
  let count = 0;
  for (let i = from + 1; i < to; i++) if (values[i]! < values[i - 1]!) count++;
  return count;
};

/** The functions that fold the values of a range, without regard to their times. */
export const OVER_TIME_FUNCTIONS: Readonly<Record<string, WindowFunction>> = {
  sum_over_time: folding(sumOf),
  avg_over_time: folding(averageOf),
  min_over_time: folding(leastOf),
  max_over_time: folding(greatestOf),
  count_over_time: folding(countOf),
  present_over_time: folding(oneOf),
  stddev_over_time: folding(deviationOf),
  stdvar_over_time: folding(varianceOf),
  first_over_time: ({ values, from }) => values[from]!,
  last_over_time: ({ values, to }) => values[to - 1]!,
  quantile_over_time: ({ values, from, to, step }, [phi]) => quantileOf(phi![step]!, values, from, to),
  changes,
  resets,
};
