import { failExecution } from '../promql-error';
import { keyOfLabels } from './labels';
import { createStepSeries, isEmptySeries, type StepSeries } from './value';

const SAME_LABELS = 'vector cannot contain metrics with the same labelset';

/** Joins series that got the same labels; fails where two of them are present at one step. */
export function uniteSeries(series: readonly StepSeries[], conflict = SAME_LABELS): StepSeries[] {
  const byLabels = new Map<string, StepSeries>();
  const copied = new Set<string>();
  for (const one of series) {
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
  }
  return [...byLabels.values()];
}

/** Fails where two series that have any sample got the same labels, as Prometheus does for functions over ranges. */
export function requireUniqueLabels(series: readonly StepSeries[]): StepSeries[] {
  const filled = series.filter((one) => !isEmptySeries(one));
  if (new Set(filled.map((one) => keyOfLabels(one.labels))).size < filled.length) failExecution(SAME_LABELS);
  return filled;
}

function copyOf(series: StepSeries): StepSeries {
  const copy = createStepSeries(series.labels, series.values.length);
  copy.values.set(series.values);
  copy.present.set(series.present);
  return copy;
}

function addInto(target: StepSeries, added: StepSeries, conflict: string): void {
  for (let step = 0; step < added.values.length; step++) {
    if (added.present[step] === 0) continue;
    if (target.present[step] === 1) failExecution(conflict);
    target.values[step] = added.values[step]!;
    target.present[step] = 1;
  }
}
