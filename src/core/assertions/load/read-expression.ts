import { blankStrings } from '../../observing/blank-strings';
import type { Signal } from '../../observing/signal';
import { tellSignal } from '../../observing/tell-signal';
import type { Case, Check } from '../case';
import { holds, parseComparison } from '../comparison';

/** How long there may be no more than said, before it is believed. */
const settleMs = 2_000;

/**
 * `[traces|logs|metrics] QUERY COMPARISON`, such as `traces {status=error} == 0`: how many traces or lines there are, or what the first
 * sample of PromQL is. Undefined where it is no such expression.
 */
export function readExpression(text: string): Case | undefined {
  const [, word, rest = ''] = /^\s*(?:(traces|logs|metrics)\s+)?(.*)$/s.exec(text) ?? [];
  const bare = blankStrings(rest);
  const [compared = ''] = /(?:>=|<=|==|!=|≥|≤|≠|>|<)\s*[-+\w.]+\s*$/.exec(bare) ?? [];
  const comparison = parseComparison(compared);
  const query = rest.slice(0, rest.length - compared.length).trim();
  if (!comparison || query === '') return undefined;
  const signal = (word as Signal | undefined) ?? tellSignal(query);
  const check: Check = { rule: signal === 'metrics' ? 'value' : 'count', comparison };
  // What holds with nothing may hold only because nothing came yet.
  const steady = signal !== 'metrics' && holds(0, comparison);
  const place = { file: 'expression', line: 1 };
  return {
    name: text.trim(),
    place,
    inputs: [],
    seed: null,
    expectations: [{ place, signal, query, ...(steady && { steadyMs: settleMs }), checks: [check] }],
    scripts: [],
    refusals: [],
  };
}
