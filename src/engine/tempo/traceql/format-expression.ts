import type { Field, FieldExpression } from './ast';
import { formatDuration, formatStatic, type Static } from './static-value';

/** A field as Tempo names it in labels and answers: with its scope, quoted where its name needs it. */
export function formatField(field: Field): string {
  if (field.type === 'intrinsic') return field.name;
  const name = /[\s{}()=~!<>&|^,"]/.test(field.name) ? JSON.stringify(field.name) : field.name;
  return `${field.scope ?? ''}.${name}`;
}

export function formatExpression(expression: FieldExpression): string {
  switch (expression.type) {
    case 'attribute':
    case 'intrinsic':
      return formatField(expression);
    case 'static':
      return formatLiteral(expression.value);
    case 'unary':
      if (expression.operator === 'exists') return `${formatOperand(expression.operand)} != nil`;
      if (expression.operator === 'absent') return `${formatOperand(expression.operand)} = nil`;
      return `${expression.operator}${formatOperand(expression.operand)}`;
    case 'binary':
      return `${formatOperand(expression.left)} ${expression.operator} ${formatOperand(expression.right)}`;
  }
}

function formatOperand(expression: FieldExpression): string {
  const text = formatExpression(expression);
  return expression.type === 'binary' || expression.type === 'unary' ? `(${text})` : text;
}

function formatLiteral(value: Static): string {
  if (value.type === 'string') return `\`${value.value}\``;
  return value.type === 'duration' ? formatDuration(value.value) : formatStatic(value);
}
