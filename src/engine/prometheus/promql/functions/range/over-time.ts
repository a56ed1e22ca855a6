import type { Pace } from '../../../../pace/pace';
import type { Window, WindowFunction } from '../../evaluation/slide-window';
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
} from '../../values/folds';
import { quantileInTurns, quantileOf } from '../../values/quantile-of';

/** Samples of a long window that are folded between two looks at whether others wait. */
const PART = 16_384;

function folding(fold: Fold): WindowFunction {
  const compute = ({ values, from, to }: Window) => fold(values, from, to);
  const { inParts } = fold;
  if (!inParts) return compute;
  const inTurns = async ({ values, from, to }: Window, _args: readonly Float64Array[], pace: Pace) => {
    const accumulator = inParts();
    for (let at = from; at < to; at += PART) {
      accumulator.add(values, at, Math.min(at + PART, to));
      if (pace.isDueAfter(PART)) await pace.turn();
    }
    return accumulator.result();
  };
  return Object.assign(compute, { inTurns });
}

const quantile: WindowFunction = Object.assign(
  ({ values, from, to, step }: Window, [phi]: readonly Float64Array[]) => quantileOf(phi![step]!, values, from, to),
  {
    inTurns: ({ values, from, to, step }: Window, [phi]: readonly Float64Array[], pace: Pace) =>
      quantileInTurns(phi![step]!, values.subarray(from, to), pace),
  },
);

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
  quantile_over_time: quantile,
  changes,
  resets,
};
