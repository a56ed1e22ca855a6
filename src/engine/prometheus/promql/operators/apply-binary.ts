import type { EvaluationContext } from '../evaluation/evaluation-context';
import { mapSeries } from '../evaluation/map-series';
import type { BinaryOperation } from '../syntax/ast';
import { dropMetadata } from '../values/labels';
import type { StepGrid } from '../values/step-grid';
import { uniteSeries } from '../values/unite-series';
import { isEmptySeries, type ScalarValue, type StepSeries, type Value, type VectorValue } from '../values/value';
import { combineSets } from './combine-sets';
import { combineSteps } from './combine-steps';
import { combineVectors } from './combine-vectors';
import { dropsName, pointOperationOf } from './point-operation';

/** The value of a binary operator over the values of its two sides. */
export async function applyBinary(
  expression: BinaryOperation,
  left: Value,
  right: Value,
  grid: StepGrid,
  context: EvaluationContext,
): Promise<Value> {
  context.budget.hold(grid.count);
  if (left.type === 'scalar' && right.type === 'scalar') return combineScalars(expression, left, right);
  if (left.type === 'vector' && right.type === 'scalar')
    return await combineWithScalar(expression, left, right, false, context);
  if (left.type === 'scalar' && right.type === 'vector')
    return await combineWithScalar(expression, right, left, true, context);
  if (left.type !== 'vector' || right.type !== 'vector')
    throw new Error('a string passed the type check as an operand');
  if (expression.matching.cardinality === 'many-to-many')
    return await combineSets(expression, left, right, grid.count, context);
  return await combineVectors(expression, left, right, grid.count, context);
}

function combineScalars(expression: BinaryOperation, left: ScalarValue, right: ScalarValue): ScalarValue {
  const operation = pointOperationOf(expression);
  const values = left.values.map((value, step) => operation(value, right.values[step]!, value)!);
  return { type: 'scalar', values };
}

async function combineWithScalar(
  expression: BinaryOperation,
  vector: VectorValue,
  scalar: ScalarValue,
  scalarIsLeft: boolean,
  context: EvaluationContext,
): Promise<VectorValue> {
  const present = new Uint8Array(scalar.values.length).fill(1);
  const constant: StepSeries = { labels: [], values: scalar.values, present };
  const results = await mapSeries(vector.series, context, (series) => {
    const labels = dropsName(expression) ? dropMetadata(series.labels) : series.labels;
    const [left, right] = scalarIsLeft ? [constant, series] : [series, constant];
    return combineSteps(expression, labels, left, right, series, context.annotations);
  });
  return {
    type: 'vector',
    series: await uniteSeries(
      results.filter((one) => !isEmptySeries(one)),
      context.pace,
    ),
  };
}
