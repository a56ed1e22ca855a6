import type { Matcher } from '../sample-source';
import type { Expression, VectorSelector } from '../syntax/ast';
import { type EvaluationContext, resolveAt } from './evaluation-context';

/** One read from the source, which serves all `selectors`. */
export interface Selection {
  readonly matchers: readonly Matcher[];
  readonly startMs: number;
  readonly endMs: number;
  readonly selectors: readonly VectorSelector[];
}

type PlanContext = Pick<EvaluationContext, 'queryStartMs' | 'queryEndMs' | 'lookbackMs'>;

/** The reads a query needs: equal selectors share one unless their time ranges lie apart. */
export function planSelections(expression: Expression, context: PlanContext): Selection[] {
  const needs: Selection[] = [];
  collect(expression, context.queryStartMs, context.queryEndMs, context, needs);
  const plan = new Map<string, Selection[]>();
  for (const need of needs.sort((left, right) => left.startMs - right.startMs)) {
    const key = JSON.stringify(need.matchers);
    const same = plan.get(key) ?? [];
    const last = same.at(-1);
    if (last && need.startMs <= last.endMs) {
      const endMs = Math.max(last.endMs, need.endMs);
      same[same.length - 1] = { ...last, endMs, selectors: [...last.selectors, ...need.selectors] };
    } else {
      same.push(need);
    }
    plan.set(key, same);
  }
  return [...plan.values()].flat();
}

function collect(
  expression: Expression,
  startMs: number,
  endMs: number,
  context: PlanContext,
  needs: Selection[],
  rangeMs = context.lookbackMs,
): void {
  switch (expression.kind) {
    case 'vector-selector': {
      const at = resolveAt(expression.at, context);
      const from = (at ?? startMs) - expression.offsetMs - rangeMs;
      const to = (at ?? endMs) - expression.offsetMs;
      needs.push({ matchers: expression.matchers, startMs: from, endMs: to, selectors: [expression] });
      return;
    }
    case 'matrix-selector':
      collect(expression.selector, startMs, endMs, context, needs, expression.rangeMs);
      return;
    case 'subquery': {
      const at = resolveAt(expression.at, context);
      const from = (at ?? startMs) - expression.offsetMs - expression.rangeMs;
      collect(expression.inner, from, (at ?? endMs) - expression.offsetMs, context, needs);
      return;
    }
    default:
      for (const operand of operandsOf(expression)) collect(operand, startMs, endMs, context, needs);
  }
}

function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'parenthesised':
      return [expression.inner];
    case 'unary':
      return [expression.operand];
    case 'aggregation':
      return expression.parameter ? [expression.parameter, expression.operand] : [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'call':
      return expression.args;
    default:
      return [];
  }
}
