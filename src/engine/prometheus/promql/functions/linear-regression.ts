import type { Window, WindowFunction } from '../evaluation/slide-window';
import { KahanSum } from '../values/kahan-sum';

/** Least squares through the window's samples: change per second, and the value at `interceptMs`. */
function regress({ times, values, from, to }: Window, interceptMs: number): { slope: number; intercept: number } {
  const first = values[from]!;
  const count = to - from;
  const [sumX, sumY, sumXY, sumX2] = [new KahanSum(), new KahanSum(), new KahanSum(), new KahanSum()];
  let constant = true;
  for (let i = from; i < to; i++) {
    const x = (times[i]! - interceptMs) / 1000;
    const y = values[i]!;
    constant &&= y === first;
    sumX.add(x);
    sumY.add(y);
    sumXY.add(x * y);
    sumX2.add(x * x);
  }
  if (constant)
    return Number.isFinite(first) ? { slope: 0, intercept: first } : { slope: Number.NaN, intercept: Number.NaN };
  const covariance = sumXY.total - (sumX.total * sumY.total) / count;
  const variance = sumX2.total - (sumX.total * sumX.total) / count;
  const slope = covariance / variance;
  return { slope, intercept: sumY.total / count - (slope * sumX.total) / count };
}

export const deriv: WindowFunction = (window) =>
  window.to - window.from < 2 ? undefined : regress(window, window.times[window.from]!).slope;

/** The value expected a number of seconds after the step. */
export const predictLinear: WindowFunction = (window, [seconds]) => {
  if (window.to - window.from < 2) return undefined;
  const { slope, intercept } = regress(window, window.stepTimeMs);
  return slope * seconds![window.step]! + intercept;
};
