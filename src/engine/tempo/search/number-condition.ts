import type { ComparisonOperator } from '../traceql/ast';
import { sqlOperator } from './sql-operator';

/** Up to here every integer is a double of its own. */
const EXACT = 2n ** 53n;
const MAX_INT = 2n ** 63n;

/**
 * An SQL condition on rows of `attributes`: numbers that compare so with `value`, integers and doubles by their exact
 * values. `number` holds doubles, and integers rounded to one; `text` has the integers' digits.
 */
export function numberCondition(operator: ComparisonOperator, value: bigint | number): string {
  const isSmall = typeof value === 'bigint' ? value > -EXACT && value < EXACT : Math.abs(value) < Number(EXACT);
  // Rounding keeps the order, and rounds nothing to a number that is smaller than the first that is rounded.
  const integers = isSmall
    ? `number ${sqlOperator(operator)} ${Number(value)}::DOUBLE`
    : integerCondition(operator, value);
  return `((kind = 3 AND ${integers}) OR (kind = 4 AND ${doubleCondition(operator, value)}))`;
}

function integerCondition(operator: ComparisonOperator, value: bigint | number): string {
  if (typeof value === 'number' && !(Math.abs(value) <= Number(MAX_INT))) {
    // Beyond all integers.
    const isSmaller = value < 0;
    if (operator === '!=') return 'true';
    if (operator === '=') return 'false';
    return String(isSmaller === operator.startsWith('>'));
  }
  return `TRY_CAST(text AS HUGEINT) ${sqlOperator(operator)} ${BigInt(value)}::HUGEINT`;
}

function doubleCondition(operator: ComparisonOperator, value: bigint | number): string {
  const nearest = Number(value);
  const written = Number.isFinite(nearest) ? `${nearest}::DOUBLE` : `'${nearest}'::DOUBLE`;
  const isDouble = typeof value === 'number' || BigInt(nearest) === value;
  if (operator === '=') return isDouble ? `number = ${written}` : 'false';
  if (operator === '!=') return isDouble ? `number <> ${written}` : 'true';
  // No double lies between the integer and the one nearest to it.
  const isUpward = !isDouble && BigInt(nearest) > (value as bigint);
  const compared = isDouble ? operator : operator.startsWith('>') ? (isUpward ? '>=' : '>') : isUpward ? '<' : '<=';
  // For DuckDB NaN is greater than every number.
  return `(number ${compared} ${written} AND NOT isnan(number))`;
}
