import type { NativeHistogram } from '../histogram/native-histogram';
import type { Sample, SelectedSeries } from '../terms/sample-source';
import type { StepGrid } from '../values/step-grid';
import { createStepSeries, putSample, type StepSeries } from '../values/value';
import type { EvaluationContext } from './evaluation-context';
import type { RangeInput } from './range-input';
import { isOutsideRange, type Window } from './slide-window';

/** The histograms `from` (inclusive) to `to` (exclusive) that a range holds at one step. */
export interface HistogramWindow {
  readonly times: Float64Array;
  readonly values: readonly NativeHistogram[];
  from: number;
  to: number;
}

/** What a range holds at one step: floats and histograms apart, of which one kind may be missing. */
export interface MixedWindow {
  readonly floats: Window;
  readonly histograms: HistogramWindow;
}

/** Undefined: no result at this step. */
export type MixedWindowFunction = (window: MixedWindow, args: readonly Float64Array[]) => Sample | undefined;

/** One step and, of its window, one histogram, in units of `Pace.isDueAfter`. */
const STEP = 10;
const HISTOGRAM = 100;

/** Runs the function over the window of every step of a series that has histograms, in turns. */
export async function slideMixedWindow(
  series: SelectedSeries,
  input: RangeInput,
  grid: StepGrid,
  context: EvaluationContext,
  compute: MixedWindowFunction,
  args: readonly Float64Array[],
): Promise<StepSeries> {
  const result = createStepSeries(series.labels, grid.count);
  const { floats, histograms } = splitSamples(series);
  const closed = context.rules.leftBoundary === 'closed';
  for (let step = 0; step < grid.count; step++) {
    floats.step = step;
    floats.stepTimeMs = grid.startMs + step * grid.stepMs;
    floats.endMs = (input.atMs ?? floats.stepTimeMs) - input.offsetMs;
    floats.startMs = floats.endMs - input.rangeMs;
    for (const window of [floats, histograms]) {
      const { times } = window;
      while (window.to < times.length && times[window.to]! <= floats.endMs) window.to++;
      while (window.from < window.to && isOutsideRange(times[window.from]!, floats.startMs, closed)) window.from++;
    }
    const work = STEP + (floats.to - floats.from) + HISTOGRAM * (histograms.to - histograms.from);
    if (context.pace.isDueAfter(work)) await context.pace.turn();
    if (floats.from === floats.to && histograms.from === histograms.to) continue;
    context.counts.queryable += floats.to - floats.from + (histograms.to - histograms.from);
    const sample = compute({ floats, histograms }, args);
    if (sample !== undefined) putSample(result, step, sample);
  }
  return result;
}

function splitSamples({ times, values, histograms = [] }: SelectedSeries): MixedWindow {
  const isFloat = (_: unknown, index: number) => histograms[index] === undefined;
  const floatTimes = times.filter(isFloat);
  const floats: Window = {
    times: floatTimes,
    values: values.filter(isFloat),
    from: 0,
    to: 0,
    startMs: 0,
    endMs: 0,
    step: 0,
    stepTimeMs: 0,
  };
  const found = Array.from(histograms).filter((histogram) => histogram !== undefined);
  return { floats, histograms: { times: times.filter((_, i) => !isFloat(_, i)), values: found, from: 0, to: 0 } };
}
