import { evaluateSelector } from './evaluation/evaluate-selector';
import type { EvaluationContext } from './evaluation/evaluation-context';
import { evaluateCall } from './functions/evaluate-call';
import { evaluateAggregation } from './operators/evaluate-aggregation';
import { evaluateOperators } from './operators/evaluate-operators';
import type { Expression } from './syntax/ast';
import type { StepGrid } from './values/step-grid';
import type { Value } from './values/value';

/** The expression's value at all steps of the grid. Range vectors are evaluated by the functions that take them. */
export async function evaluateExpression(
  expression: Expression,
  grid: StepGrid,
  context: EvaluationContext,
): Promise<Value> {
  if (context.pace.isDue()) await context.pace.turn();
  context.pace.signal?.throwIfAborted();
  switch (expression.kind) {
    case 'number':
      context.budget.hold(grid.count);
      return { type: 'scalar', values: new Float64Array(grid.count).fill(expression.value) };
    case 'string':
      return { type: 'string', text: expression.text };
    case 'vector-selector':
      return await evaluateSelector(expression, grid, context);
    case 'parenthesised':
    case 'unary':
    case 'binary':
      return await evaluateOperators(expression, grid, context, evaluateExpression);
    case 'aggregation':
      return await evaluateAggregation(expression, grid, context, evaluateExpression);
    case 'call':
      return await evaluateCall(expression, grid, context, evaluateExpression);
    default:
      throw new Error(`a ${expression.kind} passed the type check outside a function over ranges`);
  }
}
