import type { SelectedSeries } from '../terms/sample-source';
import type { StepGrid } from '../values/step-grid';
import type { StepSeries } from '../values/value';

/** The present steps of a series as samples at the steps' times. */
export function toSamples({ labels, values, present, histograms }: StepSeries, grid: StepGrid): SelectedSeries {
  let count = 0;
  for (let step = 0; step < present.length; step++) count += present[step]!;
  const samples = {
    labels,
    times: new Float64Array(count),
    values: new Float64Array(count),
    ...(histograms && { histograms: Array.from(histograms).filter((_, step) => present[step] === 1) }),
  };
  let next = 0;
  for (let step = 0; step < grid.count; step++) {
    if (present[step] === 0) continue;
    samples.times[next] = grid.startMs + step * grid.stepMs;
    samples.values[next++] = values[step]!;
  }
  return samples;
}
