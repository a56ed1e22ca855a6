import type { Problem } from '../../../shared/problem';
import { RegexTooLarge } from '../../regex/compile-regex';
import { compileWhole } from '../../regex/compile-whole';
import type { FieldExpression, FieldOperator, MetricsStage, Query, Stage } from './ast';
import { formatExpression } from './format-expression';
import { isNumeric, type StaticType } from './static-value';

/** The type of an expression; `attribute` is known only when a span is looked at. */
type ExpressionType = StaticType | 'attribute';

/** The first mistake in a query's types, in Tempo's words, or undefined. */
export function checkQuery(query: Query): Problem | undefined {
  for (const stage of query.stages) {
    const problem = checkStage(stage);
    if (problem) return problem;
  }
  return query.metrics && checkMetrics(query.metrics);
}

function checkMetrics({ by, quantiles, selections }: MetricsStage): Problem | undefined {
  if (by.length > 5) return invalid('maximum number of group by attributes is 5');
  const quantile = quantiles.find((each) => !(each >= 0 && each <= 1));
  if (quantile !== undefined) return invalid(`quantile must be between 0 and 1: ${quantile}`);
  if (selections.some(({ count }) => count <= 0)) return invalid('limit must be greater than 0');
  return undefined;
}

function checkStage(stage: Stage): Problem | undefined {
  switch (stage.type) {
    case 'filter': {
      const type = typeOf(stage.expression);
      if (typeof type === 'object') return type;
      if (type === 'attribute' || type === 'boolean') return undefined;
      return invalid(
        `span filter field expressions must resolve to a boolean: { ${formatExpression(stage.expression)} }`,
      );
    }
    case 'operation':
      return checkStage(stage.left) ?? checkStage(stage.right);
    case 'pipeline':
      return stage.stages.map(checkStage).find((problem) => problem !== undefined);
    case 'group': {
      const type = typeOf(stage.expression);
      if (typeof type === 'object') return type;
      return referencesSpan(stage.expression)
        ? undefined
        : invalid(`grouping field expressions must reference the span: by(${formatExpression(stage.expression)})`);
    }
    case 'aggregate': {
      if (!stage.expression) return undefined;
      const type = typeOf(stage.expression);
      if (typeof type === 'object') return type;
      const label = `${stage.function}(${formatExpression(stage.expression)})`;
      if (type !== 'attribute' && !isNumeric(type))
        return invalid(`aggregate field expressions must resolve to a number type: ${label}`);
      return referencesSpan(stage.expression)
        ? undefined
        : invalid(`aggregate field expressions must reference the span: ${label}`);
    }
    default:
      return undefined;
  }
}

function typeOf(expression: FieldExpression): ExpressionType | Problem {
  switch (expression.type) {
    case 'attribute':
      return 'attribute';
    case 'static':
      return expression.value.type;
    case 'intrinsic':
      return intrinsicTypes[expression.name] ?? 'string';
    case 'unary': {
      const type = typeOf(expression.operand);
      if (typeof type === 'object') return type;
      if (expression.operator === 'absent' && expression.operand.type === 'intrinsic') {
        return invalid(`${expression.operand.name}=nil is not valid because intrinsics cannot be nil`);
      }
      if (expression.operator === 'absent' && formatExpression(expression.operand) === 'resource.service.name') {
        return invalid('resource.service.name=nil is not valid because resource.service.name cannot be nil');
      }
      if (expression.operator === 'exists' || expression.operator === 'absent') return 'boolean';
      const valid = type === 'attribute' || (expression.operator === '!' ? type === 'boolean' : isNumeric(type));
      return valid ? type : invalid(`illegal operation for the given type: ${formatExpression(expression)}`);
    }
    case 'binary':
      return typeOfBinary(expression);
  }
}

function typeOfBinary(expression: Extract<FieldExpression, { type: 'binary' }>): ExpressionType | Problem {
  const left = typeOf(expression.left);
  if (typeof left === 'object') return left;
  const right = typeOf(expression.right);
  if (typeof right === 'object') return right;
  const text = formatExpression(expression);
  const { operator } = expression;
  const matching = left === right || left === 'attribute' || right === 'attribute' || left === 'nil' || right === 'nil';
  if (!matching && !(isNumeric(left) && isNumeric(right)))
    return invalid(`binary operations must operate on the same type: ${text}`);
  if (!takes(operator, left) || !takes(operator, right))
    return invalid(`illegal operation for the given types: ${text}`);
  if (operator === '=~' || operator === '!~') {
    const pattern =
      expression.right.type === 'static' && expression.right.value.type === 'string'
        ? expression.right.value.value
        : undefined;
    if (pattern === undefined) return invalid(`invalid type for =~ or !~: ${formatExpression(expression.right)}`);
    try {
      compileWhole(pattern);
    } catch (error) {
      if (error instanceof RegexTooLarge) return { kind: 'traceql-unsupported', message: error.message };
      return invalid(`invalid regex: ${formatExpression(expression.right)}`);
    }
  }
  if ('+-*/%^'.includes(operator)) return left === 'attribute' ? right : left;
  return 'boolean';
}

function takes(operator: FieldOperator, type: ExpressionType): boolean {
  if (type === 'attribute') return true;
  if (type === 'boolean') return ['&&', '||', '=', '!='].includes(operator);
  if (isNumeric(type)) return !['&&', '||', '=~', '!~'].includes(operator);
  if (type === 'string') return ['=', '!=', '<', '<=', '>', '>=', '=~', '!~'].includes(operator);
  return operator === '=' || operator === '!=';
}

function referencesSpan(expression: FieldExpression): boolean {
  if (expression.type === 'unary') return referencesSpan(expression.operand);
  if (expression.type === 'binary') return referencesSpan(expression.left) || referencesSpan(expression.right);
  return expression.type !== 'static';
}

function invalid(message: string): Problem {
  return { kind: 'traceql-invalid', message };
}

const intrinsicTypes: Readonly<Record<string, StaticType>> = {
  duration: 'duration',
  traceDuration: 'duration',
  'event:timeSinceStart': 'duration',
  status: 'status',
  kind: 'kind',
  nestedSetLeft: 'int',
  nestedSetRight: 'int',
  nestedSetParent: 'int',
  'span:childCount': 'int',
};
