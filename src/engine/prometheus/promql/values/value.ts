import type { Labels } from '../sample-source';

/** One series over all steps of a grid: `values[i]` counts where `present[i]` is 1. */
export interface StepSeries {
  readonly labels: Labels;
  readonly values: Float64Array;
  readonly present: Uint8Array;
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
