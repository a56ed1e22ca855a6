import { RE2JS } from 're2js';
import type { FieldOperator } from './ast';
import { boolean, float, isNumeric, nil, numberOf, type Static } from './static-value';

/**
 * A binary operator on two values with Tempo's typing: a comparison with nil or between types that do not match is
 * false, also for `!=`; one operand that is an array compares its elements (`!=` and `!~`: all, else: any).
 */
export function applyOperator(operator: FieldOperator, left: Static, right: Static): Static {
  if (left.type === 'array' || right.type === 'array') return boolean(compareArray(operator, left, right));
  if (operator === '&&' || operator === '||') {
    if (left.type !== 'boolean' || right.type !== 'boolean') return boolean(false);
    return boolean(operator === '&&' ? left.value && right.value : left.value || right.value);
  }
  if (isArithmetic(operator)) return calculate(operator, left, right);
  return boolean(compare(operator, left, right));
}

function compareArray(operator: FieldOperator, left: Static, right: Static): boolean {
  if (left.type === 'array' && right.type === 'array') return false;
  const elements = left.type === 'array' ? left.elements : right.type === 'array' ? right.elements : [];
  const matches = (element: Static): boolean => {
    const result =
      left.type === 'array' ? applyOperator(operator, element, right) : applyOperator(operator, left, element);
    return result.type === 'boolean' && result.value;
  };
  return operator === '!=' || operator === '!~' ? elements.every(matches) : elements.some(matches);
}

function isArithmetic(operator: FieldOperator): operator is '+' | '-' | '*' | '/' | '%' | '^' {
  return '+-*/%^'.includes(operator);
}

function calculate(operator: '+' | '-' | '*' | '/' | '%' | '^', left: Static, right: Static): Static {
  if (!isNumeric(left.type) || !isNumeric(right.type)) return nil;
  const [a, b] = [numberOf(left), numberOf(right)];
  if (left.type !== 'int' || right.type !== 'int') return float(arithmetic[operator](a, b));
  // Integers divide as in Go: towards zero, and by zero there is no value.
  if ((operator === '/' || operator === '%') && b === 0) return nil;
  return { type: 'int', value: Math.trunc(arithmetic[operator](a, b)) };
}

const arithmetic = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
  '^': (a: number, b: number) => a ** b,
};

function compare(operator: FieldOperator, left: Static, right: Static): boolean {
  if (isNumeric(left.type) && isNumeric(right.type)) return ordered(operator, numberOf(left), numberOf(right));
  if (left.type !== right.type || left.type === 'nil' || right.type === 'nil') return false;
  if (left.type === 'string' && right.type === 'string') {
    if (operator === '=~') return matchesWhole(right.value, left.value);
    if (operator === '!~') return !matchesWhole(right.value, left.value);
    return ordered(operator, Buffer.compare(Buffer.from(left.value), Buffer.from(right.value)), 0);
  }
  if (left.type === 'array' || right.type === 'array') return false;
  if (operator === '=') return left.value === right.value;
  return operator === '!=' && left.value !== right.value;
}

function ordered(operator: FieldOperator, a: number, b: number): boolean {
  switch (operator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return false;
  }
}

const compiled = new Map<string, RE2JS>();

/** Go's regular expressions, anchored at both ends; a dot matches newlines too. */
function matchesWhole(pattern: string, text: string): boolean {
  let expression = compiled.get(pattern);
  if (!expression) {
    if (compiled.size >= 100) compiled.clear();
    expression = RE2JS.compile(pattern, RE2JS.DOTALL);
    compiled.set(pattern, expression);
  }
  return expression.matches(text);
}
