import type { Pace } from '../../../pace/pace';
import type { StepGrid } from '../values/step-grid';
import type { ScalarValue, VectorValue } from '../values/value';

/** `time`: each step's time in seconds. */
export function timesOf(grid: StepGrid): ScalarValue {
  const values = new Float64Array(grid.count);
  for (let step = 0; step < grid.count; step++) values[step] = (grid.startMs + step * grid.stepMs) / 1000;
  return { type: 'scalar', values };
}

/** `vector`: the scalar as the one series without labels. */
export function vectorOf(values: Float64Array): VectorValue {
  return { type: 'vector', series: [{ labels: [], values, present: new Uint8Array(values.length).fill(1) }] };
}

/** `scalar`: the value of the only series present at a step, else NaN. */
export async function scalarOf(vector: VectorValue, grid: StepGrid, pace: Pace): Promise<ScalarValue> {
  const values = new Float64Array(grid.count).fill(Number.NaN);
  const seen = new Uint8Array(grid.count);
  for (const series of vector.series) {
    if (pace.isDueAfter(grid.count)) await pace.turn();
    for (let step = 0; step < grid.count; step++) {
      if (series.present[step] === 0 || series.histograms?.[step]) continue;
      values[step] = seen[step] === 0 ? series.values[step]! : Number.NaN;
      seen[step] = 1;
    }
  }
  return { type: 'scalar', values };
}
