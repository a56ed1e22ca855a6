import type { ComparisonOperator } from '../traceql/ast';

/** As SQL writes the comparison. */
export function sqlOperator(operator: ComparisonOperator): string {
  return operator === '!=' ? '<>' : operator;
}
