import type { EvaluationContext } from '../evaluation/evaluation-context';
import type { Pace } from '../evaluation/pace';
import type { Evaluate } from '../evaluation/range-input';
import type { BinaryOperation, UnaryOperation } from '../syntax/ast';
import { dropMetricName } from '../values/labels';
import type { StepGrid } from '../values/step-grid';
import { uniteSeries } from '../values/unite-series';
import { createStepSeries, isEmptySeries, type ScalarValue, type Value, type VectorValue } from '../values/value';
import { combineSets } from './combine-sets';
import { combineVectors } from './combine-vectors';
import { dropsName, pointOperationOf } from './point-operation';

export async function evaluateBinary(
  expression: BinaryOperation,
  grid: StepGrid,
  context: EvaluationContext,
  evaluate: Evaluate,
): Promise<Value> {
  const left = await evaluate(expression.left, grid, context);
  const right = await evaluate(expression.right, grid, context);
  if (left.type === 'scalar' && right.type === 'scalar') return combineScalars(expression, left, right);
  if (left.type === 'vector' && right.type === 'scalar')
    return await combineWithScalar(expression, left, right, false, context.pace);
  if (left.type === 'scalar' && right.type === 'vector')
    return await combineWithScalar(expression, right, left, true, context.pace);
  if (left.type !== 'vector' || right.type !== 'vector')
    throw new Error('a string passed the type check as an operand');
  if (expression.matching.cardinality === 'many-to-many')
    return await combineSets(expression, left, right, grid.count, context.pace);
  return await combineVectors(expression, left, right, grid.count, context);
}

/** A sign before a vector drops the metrics' names when it is a minus. */
export async function evaluateUnary(
  expression: UnaryOperation,
  grid: StepGrid,
  context: EvaluationContext,
  evaluate: Evaluate,
): Promise<Value> {
  const operand = await evaluate(expression.operand, grid, context);
  if (expression.operator === '+' || operand.type === 'string') return operand;
  if (operand.type === 'scalar') return { type: 'scalar', values: operand.values.map((value) => -value) };
  const negated = operand.series.map(({ labels, values, present }) => ({
    labels: dropMetricName(labels),
    values: values.map((value) => -value),
    present,
  }));
  return { type: 'vector', series: uniteSeries(negated) };
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
  pace: Pace,
): Promise<VectorValue> {
  const operation = pointOperationOf(expression);
  const results = await pace.map(vector.series, ({ labels, values, present }) => {
    const result = createStepSeries(dropsName(expression) ? dropMetricName(labels) : labels, values.length);
    for (let step = 0; step < values.length; step++) {
      if (present[step] === 0) continue;
      const own = values[step]!;
      const other = scalar.values[step]!;
      const value = scalarIsLeft ? operation(other, own, own) : operation(own, other, own);
      if (value === undefined) continue;
      result.values[step] = value;
      result.present[step] = 1;
    }
    return result;
  });
  return { type: 'vector', series: uniteSeries(results.filter((one) => !isEmptySeries(one))) };
}
