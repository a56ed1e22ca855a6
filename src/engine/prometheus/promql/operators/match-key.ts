import type { Labels } from '../sample-source';
import type { VectorMatching } from '../syntax/ast';
import { dropLabels, keepLabels, keyOfLabels, METRIC_NAME } from '../values/labels';
import type { StepSeries } from '../values/value';

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
export function groupByMatch(series: readonly StepSeries[], labelsOf: LabelsOf): Map<string, StepSeries[]> {
  const groups = new Map<string, StepSeries[]>();
  for (const one of series) {
    const key = keyOfLabels(labelsOf(one.labels));
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** Whether any of the series is present, step by step. */
export function presenceOf(series: readonly StepSeries[], steps: number): Uint8Array {
  const any = new Uint8Array(steps);
  for (const { present } of series) for (let step = 0; step < steps; step++) any[step]! |= present[step]!;
  return any;
}
