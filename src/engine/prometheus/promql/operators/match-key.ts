import type { Pace } from '../../../pace/pace';
import type { VectorMatching } from '../syntax/ast';
import type { Labels } from '../terms/sample-source';
import { dropLabels, keepLabels, keyOfLabels, METRIC_NAME } from '../values/labels';
import type { StepSeries } from '../values/value';

/** Making one series' key, in units of `Pace.isDueAfter`. */
const KEY = 50;

export type LabelsOf = (labels: Labels) => Labels;

/** The part of a series' labels that must be equal on both sides. */
export function matchLabels({ on, labels }: VectorMatching): LabelsOf {
  if (on) {
    const names = new Set(labels);
    return (all) => keepLabels(all, names);
  }
  const names = new Set([...labels, METRIC_NAME]);
  return (all) => dropLabels(all, names);
}

/** The series by the key of their match labels. */
export async function groupByMatch(
  series: readonly StepSeries[],
  labelsOf: LabelsOf,
  pace: Pace,
): Promise<Map<string, StepSeries[]>> {
  const groups = new Map<string, StepSeries[]>();
  for (const one of series) {
    if (pace.isDueAfter(KEY)) await pace.turn();
    const key = keyOfLabels(labelsOf(one.labels));
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** Whether any of the series is present, step by step. */
export async function presenceOf(series: readonly StepSeries[], steps: number, pace: Pace): Promise<Uint8Array> {
  const any = new Uint8Array(steps);
  for (const { present } of series) {
    for (let step = 0; step < steps; step++) any[step]! |= present[step]!;
    if (pace.isDueAfter(steps)) await pace.turn();
  }
  return any;
}
