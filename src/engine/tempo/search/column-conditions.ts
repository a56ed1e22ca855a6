import { DURATION_UNKNOWN } from '../../store/reader/span-times';
import type { ComparisonOperator } from '../traceql/ast';
import { exactNumberOf, type Static } from '../traceql/static-value';
import { always, never, type SpanCondition, unknown } from './span-condition';
import { sqlOperator } from './sql-operator';

/** Only the bound of a root, -1, is negative; of others SQL knows nothing. */
export function rootTest(operator: ComparisonOperator, value: Static): SpanCondition {
  const bound = exactNumberOf(value);
  const isRoot = (bound === 0n && operator === '<') || (bound === -1n && operator === '=');
  if (isRoot) return { exact: true, sql: () => 's.parent_id = 0' };
  const isOther = (bound === 0n && operator === '>=') || (bound === -1n && operator === '!=');
  return isOther ? { exact: true, sql: () => 's.parent_id <> 0' } : unknown;
}

/** The duration of others is not known. */
export const hasDuration: SpanCondition = { exact: true, sql: () => `(s.times & ${DURATION_UNKNOWN}) = 0` };

export function durationCondition(column: string, operator: ComparisonOperator, value: Static): SpanCondition {
  const nanoseconds = exactNumberOf(value);
  if (nanoseconds === undefined) return never;
  const compared = sqlOperator(operator);
  if (typeof nanoseconds === 'number' && !Number.isInteger(nanoseconds))
    return { exact: true, sql: () => `${column}::DOUBLE ${compared} '${nanoseconds}'::DOUBLE` };
  // Whole numbers compare as integers, so that zone maps apply; DuckDB cannot compare UBIGINT with a negative one.
  const whole = BigInt(nanoseconds);
  const type = whole >= 0n && whole < 2n ** 64n ? 'UBIGINT' : undefined;
  if (type) return { exact: true, sql: () => `${column} ${compared} ${whole}::${type}` };
  const isBelow = whole < 0n;
  const isTrue = operator === '!=' || (operator !== '=' && isBelow === operator.startsWith('>'));
  return isTrue ? always : never;
}

export function enumCondition(
  column: string,
  names: readonly string[],
  operator: ComparisonOperator,
  value: Static,
): SpanCondition {
  const code = value.type === 'status' || value.type === 'kind' ? names.indexOf(value.value) : -1;
  if (code < 0) return never;
  return { exact: true, sql: () => `${column} ${operator === '=' ? '=' : '<>'} ${code}` };
}

/**
 * Traces whose root fulfils the condition; where it is one that no root fulfils as well (`!=`), the traces without a
 * root of the opposite.
 */
export function rootCondition(opposite: boolean, condition: string | undefined): SpanCondition {
  if (condition === undefined) return opposite ? always : never;
  const roots = `(SELECT (trace_hi, trace_lo) FROM spans WHERE parent_id = 0 AND ${condition})`;
  return { exact: true, sql: () => `(s.trace_hi, s.trace_lo) ${opposite ? 'NOT IN' : 'IN'} ${roots}` };
}

export function partCondition(
  part: 'event' | 'link',
  subquery: (window: Parameters<SpanCondition['sql']>[0]) => string,
): SpanCondition {
  return { exact: true, sql: (window) => `(s.${part}s > 0 AND s.seq IN (${subquery(window)}))` };
}
