import type { BinaryOperator } from '../logql/ast';

const comparisons = new Set<BinaryOperator>(['==', '!=', '>', '>=', '<', '<=']);

export function isComparison(operator: BinaryOperator): boolean {
  return comparisons.has(operator);
}

/** Arithmetic, or 1 and 0 for a comparison that holds or not. */
export function applyOperator(operator: BinaryOperator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    // Loki answers NaN for a division by zero, not an infinity.
    case '/':
      return b === 0 ? Number.NaN : a / b;
    case '%':
      return b === 0 ? Number.NaN : a % b;
    case '^':
      return a ** b;
    case '==':
      return Number(a === b);
    case '!=':
      return Number(a !== b);
    case '>':
      return Number(a > b);
    case '>=':
      return Number(a >= b);
    case '<':
      return Number(a < b);
    case '<=':
      return Number(a <= b);
    default:
      throw new Error(`${operator} works on vectors, not on values`);
  }
}
