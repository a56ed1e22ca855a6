import type { NativeHistogram } from '../histogram/native-histogram';
import type { Labels, Sample } from '../terms/sample-source';

/** One series over all steps of a grid. Where `present[i]` is 1, its sample is `histograms[i]` if that is there, else `values[i]`. */
export interface StepSeries {
  readonly labels: Labels;
  readonly values: Float64Array;
  readonly present: Uint8Array;
  /** Absent where no step holds a histogram. */
  histograms?: (NativeHistogram | undefined)[];
}

/** A number at every step. */
export interface ScalarValue {
  readonly type: 'scalar';
  readonly values: Float64Array;
}

export interface VectorValue {
  readonly type: 'vector';
  readonly series: readonly StepSeries[];
}

interface StringValue {
  readonly type: 'string';
  readonly text: string;
}

export type Value = ScalarValue | VectorValue | StringValue;

export function createStepSeries(labels: Labels, steps: number): StepSeries {
  return { labels, values: new Float64Array(steps), present: new Uint8Array(steps) };
}

export function isEmptySeries(series: StepSeries): boolean {
  return !series.present.includes(1);
}

/** Sets a step's sample. */
export function putSample(series: StepSeries, step: number, sample: Sample): void {
  series.present[step] = 1;
  if (typeof sample === 'number') {
    series.values[step] = sample;
  } else {
    series.histograms ??= new Array<NativeHistogram | undefined>(series.values.length);
    series.histograms[step] = sample;
  }
}

/** The sample of a step at which the series is present. */
export function sampleAt(series: StepSeries, step: number): Sample {
  return series.histograms?.[step] ?? series.values[step]!;
}
