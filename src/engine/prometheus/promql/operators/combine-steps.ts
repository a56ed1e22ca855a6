import type { Annotations } from '../evaluation/annotations';
import type { BinaryOperation } from '../syntax/ast';
import type { Labels } from '../terms/sample-source';
import { createStepSeries, putSample, type StepSeries, sampleAt } from '../values/value';
import { pointOperationOf } from './point-operation';
import { sampleOperationOf } from './sample-operation';

/** Joins two series step by step where both are present; a filter keeps the sample of `kept`. */
export function combineSteps(
  expression: BinaryOperation,
  labels: Labels,
  left: StepSeries,
  right: StepSeries,
  kept: StepSeries,
  annotations: Annotations,
): StepSeries {
  const result = createStepSeries(labels, left.values.length);
  if (left.histograms || right.histograms) {
    const operation = sampleOperationOf(expression, annotations);
    for (let step = 0; step < result.values.length; step++) {
      if (left.present[step] === 0 || right.present[step] === 0) continue;
      const sample = operation(sampleAt(left, step), sampleAt(right, step), sampleAt(kept, step));
      if (sample !== undefined) putSample(result, step, sample);
    }
    return result;
  }
  const operation = pointOperationOf(expression);
  for (let step = 0; step < result.values.length; step++) {
    if (left.present[step] === 0 || right.present[step] === 0) continue;
    const value = operation(left.values[step]!, right.values[step]!, kept.values[step]!);
    if (value === undefined) continue;
    result.values[step] = value;
    result.present[step] = 1;
  }
  return result;
}
