import type { Evaluate, EvaluationContext } from '../evaluation/evaluation-context';
import type { BinaryOperation, Expression, UnaryOperation } from '../syntax/ast';
import type { StepGrid } from '../values/step-grid';
import type { Value, VectorValue } from '../values/value';
import { applyBinary } from './apply-binary';
import { applyUnary } from './apply-unary';
import { UnionOfVectors } from './union-of-vectors';

/** What is left to do, the next last: an expression to evaluate, or what becomes of the values that are there. */
type Task =
  | { readonly evaluate: Expression }
  | { readonly apply: BinaryOperation | UnaryOperation }
  | { readonly addTo: UnionOfVectors }
  | { readonly end: UnionOfVectors };

/**
 * Evaluates operators with a stack of its own, so that chains of ten thousand cost no call depth. Operands that wait
 * for the other side are kept in the budget.
 */
export async function evaluateOperators(
  expression: Expression,
  grid: StepGrid,
  context: EvaluationContext,
  evaluate: Evaluate,
): Promise<Value> {
  const { budget, pace } = context;
  const tasks: Task[] = [{ evaluate: expression }];
  const waiting: Value[] = [];
  const keep = (value: Value): void => {
    budget.keep(weightOf(value, grid));
    waiting.push(value);
  };
  const take = (): Value => {
    const value = waiting.pop()!;
    budget.drop(weightOf(value, grid));
    return value;
  };
  for (let task = tasks.pop(); task; task = tasks.pop()) {
    if (pace.isDue()) await pace.turn();
    if ('addTo' in task) {
      await task.addTo.add(take() as VectorValue);
    } else if ('end' in task) {
      keep(await task.end.result());
    } else if ('apply' in task) {
      if (task.apply.kind === 'unary') {
        keep(await applyUnary(task.apply, take(), context));
      } else {
        const right = take();
        keep(await applyBinary(task.apply, take(), right, grid, context));
      }
    } else {
      const next = task.evaluate;
      if (next.kind === 'parenthesised') tasks.push({ evaluate: next.inner });
      else if (next.kind === 'unary') tasks.push({ apply: next }, { evaluate: next.operand });
      else if (next.kind !== 'binary') keep(await evaluate(next, grid, context));
      else if (next.operator === 'or') pushUnion(tasks, next, new UnionOfVectors(next, grid.count, context));
      else tasks.push({ apply: next }, { evaluate: next.right }, { evaluate: next.left });
    }
  }
  return take();
}

/** All operands that a chain of `or` joins in the same way, the last first. */
function pushUnion(tasks: Task[], chain: BinaryOperation, union: UnionOfVectors): void {
  tasks.push({ end: union });
  let first: Expression = chain;
  while (first.kind === 'binary' && first.operator === 'or' && matchesAlike(first, chain)) {
    tasks.push({ addTo: union }, { evaluate: first.right });
    first = first.left;
  }
  tasks.push({ addTo: union }, { evaluate: first });
}

function matchesAlike({ matching: a }: BinaryOperation, { matching: b }: BinaryOperation): boolean {
  return a === b || (a.on === b.on && a.labels.join('\0') === b.labels.join('\0'));
}

function weightOf(value: Value, grid: StepGrid): number {
  if (value.type === 'string') return 0;
  return value.type === 'scalar' ? grid.count : value.series.length * grid.count;
}
