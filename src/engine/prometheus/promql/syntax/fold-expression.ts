import type { Pace } from '../../../pace/pace';
import type { Expression } from './ast';

/** One node, in units of `Pace.isDueAfter`. */
const NODE = 50;

/**
 * Folds an expression from its leaves: `join` gets what it returned for the operands, in the order of `operandsOf`.
 * `enter` is called before anything inside is looked at. Chains of any length cost no call depth, and are
 * folded in turns.
 */
export async function foldExpression<Result>(
  root: Expression,
  pace: Pace,
  join: (expression: Expression, operands: readonly Result[]) => Result,
  enter: (expression: Expression) => void = () => {},
): Promise<Result> {
  const steps: { expression: Expression; operands: number }[] = [{ expression: root, operands: -1 }];
  const results: Result[] = [];
  for (let step = steps.pop(); step; step = steps.pop()) {
    if (pace.isDueAfter(NODE)) await pace.turn();
    const { expression, operands } = step;
    if (operands >= 0) {
      const joined = join(expression, results.splice(results.length - operands, operands));
      results.push(joined);
      continue;
    }
    enter(expression);
    const inner = operandsOf(expression);
    steps.push({ expression, operands: inner.length });
    for (let i = inner.length - 1; i >= 0; i--) steps.push({ expression: inner[i]!, operands: -1 });
  }
  return results[0]!;
}

/** The expressions directly inside; of an aggregation the parameter last. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'parenthesised':
    case 'subquery':
      return [expression.inner];
    case 'unary':
      return [expression.operand];
    case 'aggregation':
      return expression.parameter ? [expression.operand, expression.parameter] : [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'call':
      return expression.args;
    case 'matrix-selector':
      return [expression.selector];
    default:
      return [];
  }
}
