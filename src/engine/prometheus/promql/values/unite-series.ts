import type { Pace } from '../../../pace/pace';
import { failExecution } from '../terms/promql-error';
import { keyOfLabels } from './labels';
import { createStepSeries, isEmptySeries, putSample, type StepSeries, sampleAt } from './value';

export const SAME_LABELS = 'vector cannot contain metrics with the same labelset';
/** Making one series' key, in units of `Pace.isDueAfter`. */
const KEY = 50;

/** Joins series that got the same labels; fails where two of them are present at one step. */
export async function uniteSeries(
  series: readonly StepSeries[],
  pace: Pace,
  conflict = SAME_LABELS,
): Promise<StepSeries[]> {
  const byLabels = new Map<string, StepSeries>();
  const copied = new Set<string>();
  for (const one of series) {
    if (pace.isDueAfter(KEY)) await pace.turn();
    const key = keyOfLabels(one.labels);
    const earlier = byLabels.get(key);
    if (!earlier) {
      byLabels.set(key, one);
      continue;
    }
    // The first series may still be in use elsewhere, so it is copied before anything is added.
    const target = copied.has(key) ? earlier : copyOf(earlier);
    copied.add(key);
    byLabels.set(key, target);
    addInto(target, one, conflict);
    if (pace.isDueAfter(one.values.length)) await pace.turn();
  }
  return [...byLabels.values()];
}

/** Fails where two series that have any sample got the same labels, as Prometheus does for functions over ranges. */
export async function requireUniqueLabels(series: readonly StepSeries[], pace: Pace): Promise<StepSeries[]> {
  const filled: StepSeries[] = [];
  const keys = new Set<string>();
  for (const one of series) {
    if (pace.isDueAfter(KEY)) await pace.turn();
    if (isEmptySeries(one)) continue;
    filled.push(one);
    keys.add(keyOfLabels(one.labels));
  }
  if (keys.size < filled.length) failExecution(SAME_LABELS);
  return filled;
}

function copyOf(series: StepSeries): StepSeries {
  const copy = createStepSeries(series.labels, series.values.length);
  copy.values.set(series.values);
  copy.present.set(series.present);
  if (series.histograms) copy.histograms = [...series.histograms];
  return copy;
}

function addInto(target: StepSeries, added: StepSeries, conflict: string): void {
  for (let step = 0; step < added.values.length; step++) {
    if (added.present[step] === 0) continue;
    if (target.present[step] === 1) failExecution(conflict);
    putSample(target, step, sampleAt(added, step));
  }
}
