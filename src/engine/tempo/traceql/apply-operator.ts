import { compileWhole } from '../../regex/compile-whole';
import type { FieldOperator } from './ast';
import { boolean, exactNumberOf, float, int, nil, type Static } from './static-value';

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
  const [a, b] = [exactNumberOf(left), exactNumberOf(right)];
  if (a === undefined || b === undefined) return nil;
  if (left.type !== 'int' || right.type !== 'int') return float(arithmetic[operator](Number(a), Number(b)));
  // Integers divide as in Go: towards zero, and by zero there is no value.
  if ((operator === '/' || operator === '%') && right.value === 0n) return nil;
  return integer(operator, left.value, right.value);
}

/** Of 64 bits, as in Go: what is greater wraps around. */
function integer(operator: '+' | '-' | '*' | '/' | '%' | '^', a: bigint, b: bigint): Static {
  if (operator === '^') {
    const power = Math.trunc(Number(a) ** Number(b));
    return Number.isFinite(power) ? int(BigInt.asIntN(64, BigInt(power))) : nil;
  }
  return int(BigInt.asIntN(64, integerArithmetic[operator](a, b)));
}

const integerArithmetic = {
  '+': (a: bigint, b: bigint) => a + b,
  '-': (a: bigint, b: bigint) => a - b,
  '*': (a: bigint, b: bigint) => a * b,
  '/': (a: bigint, b: bigint) => a / b,
  '%': (a: bigint, b: bigint) => a % b,
};

const arithmetic = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
  '^': (a: number, b: number) => a ** b,
};

function compare(operator: FieldOperator, left: Static, right: Static): boolean {
  const [a, b] = [exactNumberOf(left), exactNumberOf(right)];
  if (a !== undefined && b !== undefined) return ordered(operator, a, b);
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

/** An integer and a double compare by their values, without a rounding in between. */
function ordered(operator: FieldOperator, a: bigint | number, b: bigint | number): boolean {
  switch (operator) {
    case '=':
      return a <= b && a >= b;
    case '!=':
      return !(a <= b && a >= b);
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

/** Tests of the last expressions: a query asks the same one for each span. */
const compiled = new Map<string, (text: string) => boolean>();

/** Go's regular expressions, anchored at both ends; a dot matches newlines too. */
function matchesWhole(pattern: string, text: string): boolean {
  let matches = compiled.get(pattern);
  if (!matches) {
    if (compiled.size >= 100) compiled.clear();
    matches = compileWhole(pattern);
    compiled.set(pattern, matches);
  }
  return matches(text);
}
