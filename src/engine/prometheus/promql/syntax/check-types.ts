import type { Pace } from '../../../pace/pace';
import type { Aggregation, BinaryOperation, Expression, FunctionCall } from './ast';
import { failParse } from './fail-parse';
import { foldExpression } from './fold-expression';
import { FUNCTION_SIGNATURES, type ValueType } from './function-signatures';

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=']);
const SET_OPERATORS = new Set(['and', 'or', 'unless']);

/** The type of a well-formed expression; fails with Prometheus' text at the first part that has a wrong one. */
export async function checkTypes(query: string, expression: Expression, pace: Pace): Promise<ValueType> {
  return await foldExpression<ValueType>(
    expression,
    pace,
    (part, types) => typeOf(query, part, types),
    (part) => {
      if (part.kind === 'call') checkCount(query, part);
    },
  );
}

/** `types` are those of the operands. */
function typeOf(query: string, expression: Expression, types: readonly ValueType[]): ValueType {
  const [inner] = types;
  switch (expression.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'vector-selector':
      return 'instant vector';
    case 'matrix-selector':
      return 'range vector';
    case 'parenthesised':
      return inner!;
    case 'subquery': {
      if (inner !== 'instant vector') {
        const shortName = inner === 'range vector' ? 'matrix' : inner;
        failParse(query, expression.from, `subquery is only allowed on instant vector, got ${shortName} instead`);
      }
      return 'range vector';
    }
    case 'unary': {
      if (inner !== 'scalar' && inner !== 'instant vector') {
        const message = 'unary expression only allowed on expressions of type scalar or instant vector';
        failParse(query, expression.from, `${message}, got "${inner}"`);
      }
      return inner;
    }
    case 'binary':
      return checkBinary(query, expression, types);
    case 'aggregation':
      return checkAggregation(query, expression, types);
    case 'call':
      return checkCall(query, expression, types);
  }
}

function expectType(query: string, expression: Expression, type: ValueType, wanted: ValueType, context: string): void {
  if (type !== wanted) failParse(query, expression.from, `expected type ${wanted} in ${context}, got ${type}`);
}

function checkBinary(query: string, expression: BinaryOperation, types: readonly ValueType[]): ValueType {
  const { operator, operatorSpan, matching } = expression;
  const [left, right] = types as [ValueType, ValueType];
  const isComparison = COMPARISONS.has(operator);
  if (expression.returnBool && !isComparison) {
    failParse(query, operatorSpan.from, 'bool modifier can only be used on comparison operators');
  }
  if (isComparison && !expression.returnBool && left === 'scalar' && right === 'scalar') {
    failParse(query, operatorSpan.from, 'comparisons between scalars must use BOOL modifier');
  }
  const isOperand = (type: ValueType) => type === 'scalar' || type === 'instant vector';
  if (!isOperand(left)) {
    failParse(query, expression.left.from, 'binary expression must contain only scalar and instant vector types');
  }
  if (!isOperand(right)) {
    failParse(query, expression.right.from, 'binary expression must contain only scalar and instant vector types');
  }
  const bothVectors = left === 'instant vector' && right === 'instant vector';
  if (!bothVectors && expression.explicitMatching && matching.labels.length > 0) {
    failParse(query, expression.from, 'vector matching only allowed between instant vectors');
  }
  if (!bothVectors && SET_OPERATORS.has(operator)) {
    failParse(query, expression.from, `set operator "${operator}" not allowed in binary scalar expression`);
  }
  return left === 'scalar' && right === 'scalar' ? 'scalar' : 'instant vector';
}

function checkAggregation(query: string, expression: Aggregation, types: readonly ValueType[]): ValueType {
  expectType(query, expression.operand, types[0]!, 'instant vector', 'aggregation expression');
  if (expression.parameter) {
    const wanted = expression.operator === 'count_values' ? 'string' : 'scalar';
    expectType(query, expression.parameter, types[1]!, wanted, 'aggregation parameter');
  }
  return 'instant vector';
}

function checkCount(query: string, call: FunctionCall): void {
  const signature = FUNCTION_SIGNATURES.get(call.name)!;
  const given = call.args.length;
  const variable = signature.repeats || signature.required < signature.args.length;
  const failCount = (expected: string): never =>
    failParse(query, call.from, `expected ${expected} argument(s) in call to "${call.name}", got ${given}`);
  if (!variable && given !== signature.required) failCount(`${signature.required}`);
  if (given < signature.required) failCount(`at least ${signature.required}`);
  if (!signature.repeats && given > signature.args.length) failCount(`at most ${signature.args.length}`);
}

function checkCall(query: string, call: FunctionCall, types: readonly ValueType[]): ValueType {
  const signature = FUNCTION_SIGNATURES.get(call.name)!;
  for (const [index, argument] of call.args.entries()) {
    const wanted = signature.args[Math.min(index, signature.args.length - 1)]!;
    expectType(query, argument, types[index]!, wanted, `call to function "${call.name}"`);
  }
  return signature.returns;
}
