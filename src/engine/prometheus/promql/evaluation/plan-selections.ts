import type { Pace } from '../../../pace/pace';
import type { Expression, VectorSelector } from '../syntax/ast';
import { operandsOf } from '../syntax/fold-expression';
import type { Matcher } from '../terms/sample-source';
import { type EvaluationContext, resolveAt } from './evaluation-context';

/** One part of an expression, in units of `Pace.isDueAfter`. */
const NEED = 100;

/** One read from the source, which serves all `selectors`. */
export interface Selection {
  readonly matchers: readonly Matcher[];
  readonly startMs: number;
  readonly endMs: number;
  readonly selectors: readonly VectorSelector[];
}

type PlanContext = Pick<EvaluationContext, 'queryStartMs' | 'queryEndMs' | 'lookbackMs'>;

/** The reads a query needs: equal selectors share one unless their time ranges lie apart. */
export async function planSelections(expression: Expression, context: PlanContext, pace: Pace): Promise<Selection[]> {
  const plan = new Map<string, Read[]>();
  const needs = await collect(expression, context, pace);
  for (const need of needs.sort((left, right) => left.startMs - right.startMs)) {
    if (pace.isDueAfter(NEED)) await pace.turn();
    const key = JSON.stringify(need.matchers);
    const same = plan.get(key) ?? [];
    const last = same.at(-1);
    if (last && need.startMs <= last.endMs) {
      last.endMs = Math.max(last.endMs, need.endMs);
      last.selectors.push(...need.selectors);
    } else {
      same.push(need);
    }
    plan.set(key, same);
  }
  return [...plan.values()].flat();
}

interface Read extends Selection {
  endMs: number;
  readonly selectors: VectorSelector[];
}

/** An expression, the times it is evaluated at, and how far back from each it looks. */
interface Need {
  readonly expression: Expression;
  readonly startMs: number;
  readonly endMs: number;
  readonly rangeMs: number;
}

async function collect(root: Expression, context: PlanContext, pace: Pace): Promise<Read[]> {
  const { queryStartMs: startMs, queryEndMs: endMs, lookbackMs: rangeMs } = context;
  const reads: Read[] = [];
  const needs: Need[] = [{ expression: root, startMs, endMs, rangeMs }];
  for (let need = needs.pop(); need; need = needs.pop()) {
    if (pace.isDueAfter(NEED)) await pace.turn();
    const { expression } = need;
    switch (expression.kind) {
      case 'vector-selector': {
        const at = resolveAt(expression.at, context);
        const from = (at ?? need.startMs) - expression.offsetMs - need.rangeMs;
        const to = (at ?? need.endMs) - expression.offsetMs;
        reads.push({ matchers: expression.matchers, startMs: from, endMs: to, selectors: [expression] });
        break;
      }
      case 'matrix-selector':
        needs.push({ ...need, expression: expression.selector, rangeMs: expression.rangeMs });
        break;
      case 'subquery': {
        const at = resolveAt(expression.at, context);
        const from = (at ?? need.startMs) - expression.offsetMs - expression.rangeMs;
        needs.push({
          expression: expression.inner,
          startMs: from,
          endMs: (at ?? need.endMs) - expression.offsetMs,
          rangeMs,
        });
        break;
      }
      default:
        for (const operand of operandsOf(expression).toReversed()) needs.push({ ...need, expression: operand });
    }
  }
  return reads;
}
