import type { Pace } from '../../../pace/pace';
import type { EvaluationContext } from '../evaluation/evaluation-context';
import type { RangeInput } from '../evaluation/range-input';
import { slideWindow } from '../evaluation/slide-window';
import type { Labels, Matcher } from '../terms/sample-source';
import { METRIC_NAME, setLabel } from '../values/labels';
import type { StepGrid } from '../values/step-grid';
import { createStepSeries, isEmptySeries, type VectorValue } from '../values/value';

/** `absent`: 1 at the steps where no series is present, with the labels that the selector's matchers pin down. */
export async function absent(
  present: readonly Uint8Array[],
  matchers: readonly Matcher[],
  grid: StepGrid,
  pace: Pace,
): Promise<VectorValue> {
  const result = createStepSeries(pinnedLabels(matchers), grid.count);
  result.values.fill(1);
  result.present.fill(1);
  for (const flags of present) {
    if (pace.isDueAfter(grid.count)) await pace.turn();
    for (let step = 0; step < grid.count; step++) if (flags[step] === 1) result.present[step] = 0;
  }
  return { type: 'vector', series: isEmptySeries(result) ? [] : [result] };
}

/** `absent_over_time`: the same for ranges without any sample. */
export async function absentOverTime(
  input: RangeInput,
  grid: StepGrid,
  context: EvaluationContext,
): Promise<VectorValue> {
  const present: Uint8Array[] = [];
  for (const series of input.series)
    present.push((await slideWindow(series, input, grid, context, () => 1, [])).present);
  return await absent(present, input.matchers, grid, context.pace);
}

/** Equality matchers become labels, unless the label occurs in another matcher too. */
function pinnedLabels(matchers: readonly Matcher[]): Labels {
  let labels: Labels = [];
  for (const { name, operator, value } of matchers) {
    const once = matchers.filter((other) => other.name === name).length === 1;
    if (name !== METRIC_NAME && operator === '=' && once) labels = setLabel(labels, name, value);
  }
  return labels;
}
