import type { FieldExpression } from './ast';

/** What a span has several of: conditions joined by `&&` hold on one of them, not each on another. */
export type PartScope = 'event' | 'link';
const scopes: readonly PartScope[] = ['event', 'link'];

const known = new WeakMap<FieldExpression, readonly PartScope[]>();

/** The scopes whose fields in the expression mean one and the same event or link. */
export function scopesToBind(expression: FieldExpression): readonly PartScope[] {
  let bound = known.get(expression);
  if (!bound) {
    bound = scopes.filter((scope) => isJoint(expression, scope));
    known.set(expression, bound);
  }
  return bound;
}

function isJoint(expression: FieldExpression, scope: PartScope): boolean {
  if (expression.type !== 'binary' || expression.operator === '||') return false;
  if (expression.operator !== '&&') return countFields(expression, scope) > 1;
  const conditions = conjuncts(expression).filter((condition) => countFields(condition, scope) > 0);
  return conditions.length > 1 && conditions.some((condition) => asksForOne(condition, scope));
}

export function conjuncts(expression: FieldExpression): FieldExpression[] {
  if (expression.type !== 'binary' || expression.operator !== '&&') return [expression];
  return [...conjuncts(expression.left), ...conjuncts(expression.right)];
}

/** Whether the condition holds only where there is such an event or link; its absence is asked of all together. */
function asksForOne(expression: FieldExpression, scope: PartScope): boolean {
  switch (expression.type) {
    case 'static':
      return false;
    case 'attribute':
    case 'intrinsic':
      return scopeOf(expression) === scope;
    case 'unary':
      return expression.operator !== '!' && expression.operator !== 'absent' && asksForOne(expression.operand, scope);
    case 'binary':
      return asksForOne(expression.left, scope) || asksForOne(expression.right, scope);
  }
}

export function countFields(expression: FieldExpression, scope: PartScope): number {
  switch (expression.type) {
    case 'static':
      return 0;
    case 'attribute':
    case 'intrinsic':
      return scopeOf(expression) === scope ? 1 : 0;
    case 'unary':
      return countFields(expression.operand, scope);
    case 'binary':
      return countFields(expression.left, scope) + countFields(expression.right, scope);
  }
}

function scopeOf(field: Extract<FieldExpression, { type: 'attribute' | 'intrinsic' }>): PartScope | undefined {
  if (field.type === 'attribute') return field.scope === 'event' || field.scope === 'link' ? field.scope : undefined;
  return field.name.startsWith('event:') ? 'event' : field.name.startsWith('link:') ? 'link' : undefined;
}
