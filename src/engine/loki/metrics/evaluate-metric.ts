import { Pace } from '../../pace/pace';
import { compileRegex } from '../../regex/compile-regex';
import { compileWhole } from '../../regex/compile-whole';
import { expandReplacement } from '../../regex/expand-replacement';
import type { BinaryOperation, MetricExpression } from '../logql/ast';
import { QueryError } from '../logql/query-error';
import { aggregateVector } from './aggregate-vector';
import { applyOperator } from './apply-operator';
import { combineVectors, combineWithNumber } from './combine-vectors';
import { evaluateRange, isSummable, type MetricContext } from './evaluate-range';
import { createSeries, type MetricSeries, SeriesTable } from './metric-series';

/** A metric expression at every step of the grid: series, or a plain number. Throws a QueryError as Loki words it. */
export async function evaluateMetric(
  expression: MetricExpression,
  context: MetricContext,
): Promise<number | MetricSeries[]> {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'constant-vector':
      return [constant(expression.value, context)];
    case 'range':
      return evaluateRange(expression, context);
    case 'vector': {
      const { operand, grouping } = expression;
      // A sum of counts or of sums is made by the sum's own labels, in one pass.
      const sumBy = grouping ?? { without: false, labels: [] };
      if (expression.function === 'sum' && operand.kind === 'range' && isSummable(operand, sumBy)) {
        return evaluateRange(operand, context, sumBy);
      }
      const series = await evaluateMetric(operand, context);
      if (typeof series === 'number')
        throw new QueryError(`parse error : ${expression.function} needs a vector, not a number`);
      return aggregateVector(expression, series, context.grid, new Pace(context.signal));
    }
    case 'binary':
      return combine(expression, context);
    case 'label-replace': {
      const series = await evaluateMetric(expression.operand, context);
      return typeof series === 'number' ? series : replaceLabels(expression, series, context);
    }
  }
}

async function combine(operation: BinaryOperation, context: MetricContext): Promise<number | MetricSeries[]> {
  const left = await evaluateMetric(operation.left, context);
  const right = await evaluateMetric(operation.right, context);
  const { operator } = operation;
  if (typeof left !== 'number' && typeof right !== 'number')
    return combineVectors(operation, left, right, context.grid, new Pace(context.signal));
  if (operator === 'and' || operator === 'or' || operator === 'unless') {
    const side = typeof left === 'number' ? 'left' : 'right';
    throw new QueryError(
      `parse error : unexpected literal for ${side} leg of logical/set binary operation (${operator})`,
    );
  }
  if (typeof left === 'number' && typeof right === 'number') return applyOperator(operator, left, right);
  if (typeof left === 'number') return combineWithNumber(operation, right as MetricSeries[], left, true, context.grid);
  return combineWithNumber(operation, left, right as number, false, context.grid);
}

function constant(value: number, { grid }: MetricContext): MetricSeries {
  const series = createSeries(new Map(), grid);
  series.values.fill(value);
  series.present.fill(1);
  return series;
}

function replaceLabels(
  expression: Extract<MetricExpression, { kind: 'label-replace' }>,
  series: readonly MetricSeries[],
  { grid }: MetricContext,
): MetricSeries[] {
  const matches = compileWhole(expression.pattern);
  const regex = compileRegex(`^(?s:${expression.pattern})$`);
  const table = new SeriesTable(grid);
  for (const one of series) {
    const labels = new Map(one.labels);
    const value = labels.get(expression.source) ?? '';
    if (matches(value)) {
      const replaced = expandReplacement(expression.replacement, regex.exec(value) as RegExpExecArray);
      if (replaced === '') labels.delete(expression.target);
      else labels.set(expression.target, replaced);
    }
    const target = table.get(labels);
    target.values.set(one.values);
    target.present.set(one.present);
  }
  return table.all();
}
