import type { Pace } from '../../../pace/pace';
import type { SelectedSeries } from '../terms/sample-source';
import type { StepGrid } from '../values/step-grid';
import { createStepSeries, type StepSeries } from '../values/value';
import type { EvaluationContext } from './evaluation-context';
import { firstAfter } from './first-after';
import type { RangeInput } from './range-input';

/** The samples `from` (inclusive) to `to` (exclusive) that a range holds at one step; never empty. Reused from step to step. */
export interface Window {
  times: Float64Array;
  values: Float64Array;
  from: number;
  to: number;
  /** The range's ends, which need not hold a sample. */
  startMs: number;
  endMs: number;
  step: number;
  /** The step's own time: differs from `endMs` under `offset` and `@`. */
  stepTimeMs: number;
}

/** Undefined: no result at this step. `args` are the scalar arguments, one value a step. */
export interface WindowFunction {
  (window: Window, args: readonly Float64Array[]): number | undefined;
  /** The same for a window of very many samples, in turns; absent where those take a few milliseconds, too. */
  readonly inTurns?: (window: Window, args: readonly Float64Array[], pace: Pace) => Promise<number>;
}

/** A window of so many samples is folded within one turn. */
const SAMPLES_IN_A_TURN = 65_536;

/** One step beside the samples of its window, in units of `Pace.isDueAfter`. */
const STEP = 5;

/** Runs the function over the window of every step, in turns. */
export async function slideWindow(
  series: SelectedSeries,
  input: RangeInput,
  grid: StepGrid,
  context: EvaluationContext,
  compute: WindowFunction,
  args: readonly Float64Array[],
): Promise<StepSeries> {
  const { times, values, labels } = series;
  const result = createStepSeries(labels, grid.count);
  const first = firstAfter(times, (input.atMs ?? grid.startMs) - input.offsetMs - input.rangeMs - 1);
  const window: Window = { times, values, from: first, to: first, startMs: 0, endMs: 0, step: 0, stepTimeMs: 0 };
  const closed = context.rules.leftBoundary === 'closed';
  for (let step = 0; step < grid.count; step++) {
    window.step = step;
    window.stepTimeMs = grid.startMs + step * grid.stepMs;
    window.endMs = (input.atMs ?? window.stepTimeMs) - input.offsetMs;
    window.startMs = window.endMs - input.rangeMs;
    while (window.to < times.length && times[window.to]! <= window.endMs) window.to++;
    while (window.from < window.to && isOutsideRange(times[window.from]!, window.startMs, closed)) window.from++;
    if (context.pace.isDueAfter(STEP + window.to - window.from)) await context.pace.turn();
    if (window.from === window.to) continue;
    context.counts.queryable += window.to - window.from;
    const isLong = window.to - window.from > SAMPLES_IN_A_TURN;
    const value = isLong && compute.inTurns ? await compute.inTurns(window, args, context.pace) : compute(window, args);
    if (value === undefined) continue;
    result.values[step] = value;
    result.present[step] = 1;
  }
  return result;
}

export function isOutsideRange(time: number, startMs: number, closed: boolean): boolean {
  return closed ? time < startMs : time <= startMs;
}
