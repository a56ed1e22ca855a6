import type { LoadedSpan, LoadedTrace } from '../../store/loaded-trace';
import { applyOperator } from '../apply-operator';
import type { FieldExpression } from '../ast';
import { scopesToBind } from '../part-binding';
import { boolean, nil, type Static } from '../static-value';
import { fieldValues, type Parts } from './field-values';

/** Whether a span matches a filter's expression. */
export function matchesSpan(expression: FieldExpression, trace: LoadedTrace, span: LoadedSpan, parts?: Parts): boolean {
  return evaluateField(expression, trace, span, parts).some(isTrue);
}

/**
 * The values of an expression: none where an attribute is missing, several for fields of events and links, of which
 * `parts` names the only ones to be looked at.
 */
export function evaluateField(
  expression: FieldExpression,
  trace: LoadedTrace,
  span: LoadedSpan,
  parts: Parts = {},
): readonly Static[] {
  switch (expression.type) {
    case 'static':
      return [expression.value];
    case 'attribute':
    case 'intrinsic':
      return fieldValues(expression, trace, span, parts);
    case 'unary':
      return evaluateUnary(expression, trace, span, parts);
    case 'binary': {
      const scope = scopesToBind(expression).find((each) => parts[each] === undefined);
      if (scope === undefined) return evaluateBinary(expression, trace, span, parts);
      const values: Static[] = [];
      for (const part of scope === 'event' ? span.events : span.links) {
        const [value] = evaluateField(expression, trace, span, { ...parts, [scope]: part });
        if (value && isTrue(value)) return [value];
        if (value && value.type !== 'boolean') values.push(value);
      }
      return values.length > 0 || isArithmetic(expression.operator) ? values : [boolean(false)];
    }
  }
}

function evaluateUnary(
  { operator, operand }: Extract<FieldExpression, { type: 'unary' }>,
  trace: LoadedTrace,
  span: LoadedSpan,
  parts: Parts,
): readonly Static[] {
  const values = evaluateField(operand, trace, span, parts);
  switch (operator) {
    case 'exists':
      return [boolean(values.length > 0)];
    case 'absent':
      return [boolean(values.length === 0)];
    case '!':
      // What is missing or no boolean has no opposite.
      return values.some((value) => value.type === 'boolean') ? [boolean(!values.some(isTrue))] : [];
    case '-':
      return values.map(negate);
  }
}

function evaluateBinary(
  { operator, left, right }: Extract<FieldExpression, { type: 'binary' }>,
  trace: LoadedTrace,
  span: LoadedSpan,
  parts: Parts,
): readonly Static[] {
  const lefts = evaluateField(left, trace, span, parts);
  if (operator === '||') return [boolean(lefts.some(isTrue) || matchesSpan(right, trace, span, parts))];
  if (operator === '&&') return [boolean(lefts.some(isTrue) && matchesSpan(right, trace, span, parts))];
  const rights = evaluateField(right, trace, span, parts);
  if (isArithmetic(operator)) return lefts.flatMap((a) => rights.map((b) => applyOperator(operator, a, b)));
  return [boolean(lefts.some((a) => rights.some((b) => isTrue(applyOperator(operator, a, b)))))];
}

function isTrue(value: Static): boolean {
  return value.type === 'boolean' && value.value;
}

function isArithmetic(operator: string): boolean {
  return '+-*/%^'.includes(operator);
}

function negate(value: Static): Static {
  if (value.type === 'float') return { type: 'float', value: -value.value };
  if (value.type !== 'int' && value.type !== 'duration') return nil;
  return { type: value.type, value: BigInt.asIntN(64, -value.value) };
}
