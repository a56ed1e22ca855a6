import type { Pace } from '../../../../pace/pace';
import { KahanSum } from '../../../../samples/kahan-sum';
import type { Window, WindowFunction } from '../../evaluation/slide-window';

/** Samples of a long window that are added between two looks at whether others wait. */
const PART = 16_384;

/** Least squares through a window's samples: change per second, and the value at `interceptMs`. */
class Regression {
  private readonly x = new KahanSum();
  private readonly y = new KahanSum();
  private readonly xy = new KahanSum();
  private readonly x2 = new KahanSum();
  private constant = true;

  constructor(
    private readonly window: Window,
    private readonly interceptMs: number,
  ) {}

  add(from: number, to: number): void {
    const { times, values } = this.window;
    const first = values[this.window.from]!;
    for (let i = from; i < to; i++) {
      const x = (times[i]! - this.interceptMs) / 1000;
      const y = values[i]!;
      this.constant &&= y === first;
      this.x.add(x);
      this.y.add(y);
      this.xy.add(x * y);
      this.x2.add(x * x);
    }
  }

  result(): { slope: number; intercept: number } {
    const { from, to, values } = this.window;
    const [first, count] = [values[from]!, to - from];
    if (this.constant)
      return Number.isFinite(first) ? { slope: 0, intercept: first } : { slope: Number.NaN, intercept: Number.NaN };
    const covariance = this.xy.total - (this.x.total * this.y.total) / count;
    const variance = this.x2.total - (this.x.total * this.x.total) / count;
    const slope = covariance / variance;
    return { slope, intercept: this.y.total / count - (slope * this.x.total) / count };
  }
}

type Read = (line: { slope: number; intercept: number }, window: Window, args: readonly Float64Array[]) => number;

function regressing(interceptOf: (window: Window) => number, read: Read): WindowFunction {
  const compute = (window: Window, args: readonly Float64Array[]) => {
    if (window.to - window.from < 2) return undefined;
    const regression = new Regression(window, interceptOf(window));
    regression.add(window.from, window.to);
    return read(regression.result(), window, args);
  };
  const inTurns = async (window: Window, args: readonly Float64Array[], pace: Pace) => {
    const regression = new Regression(window, interceptOf(window));
    for (let at = window.from; at < window.to; at += PART) {
      regression.add(at, Math.min(at + PART, window.to));
      if (pace.isDueAfter(PART)) await pace.turn();
    }
    return read(regression.result(), window, args);
  };
  return Object.assign(compute, { inTurns });
}

export const deriv: WindowFunction = regressing(
  ({ times, from }) => times[from]!,
  ({ slope }) => slope,
);

/** The value expected a number of seconds after the step. */
export const predictLinear: WindowFunction = regressing(
  ({ stepTimeMs }) => stepTimeMs,
  ({ slope, intercept }, { step }, [seconds]) => slope * seconds![step]! + intercept,
);
