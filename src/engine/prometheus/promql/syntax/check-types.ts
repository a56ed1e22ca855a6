import type { Aggregation, BinaryOperation, Expression, FunctionCall } from './ast';
import { failParse } from './fail-parse';
import { FUNCTION_SIGNATURES, type ValueType } from './function-signatures';

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=']);
const SET_OPERATORS = new Set(['and', 'or', 'unless']);

/** The type of a well-formed expression; fails with Prometheus' text at the first part that has a wrong one. */
export function checkTypes(query: string, expression: Expression): ValueType {
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
      return checkTypes(query, expression.inner);
    case 'subquery': {
      const type = checkTypes(query, expression.inner);
      if (type !== 'instant vector') {
        const shortName = type === 'range vector' ? 'matrix' : type;
        failParse(query, expression.from, `subquery is only allowed on instant vector, got ${shortName} instead`);
      }
      return 'range vector';
    }
    case 'unary': {
      const type = checkTypes(query, expression.operand);
      if (type !== 'scalar' && type !== 'instant vector') {
        const message = 'unary expression only allowed on expressions of type scalar or instant vector';
        failParse(query, expression.from, `${message}, got "${type}"`);
      }
      return type;
    }
    case 'binary':
      return checkBinary(query, expression);
    case 'aggregation':
      return checkAggregation(query, expression);
    case 'call':
      return checkCall(query, expression);
  }
}

function expectType(query: string, expression: Expression, wanted: ValueType, context: string): void {
  const type = checkTypes(query, expression);
  if (type !== wanted) failParse(query, expression.from, `expected type ${wanted} in ${context}, got ${type}`);
}

function checkBinary(query: string, expression: BinaryOperation): ValueType {
  const { operator, operatorSpan, matching } = expression;
  const left = checkTypes(query, expression.left);
  const right = checkTypes(query, expression.right);
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

function checkAggregation(query: string, expression: Aggregation): ValueType {
  expectType(query, expression.operand, 'instant vector', 'aggregation expression');
  if (expression.parameter) {
    const wanted = expression.operator === 'count_values' ? 'string' : 'scalar';
    expectType(query, expression.parameter, wanted, 'aggregation parameter');
  }
  return 'instant vector';
}

function checkCall(query: string, call: FunctionCall): ValueType {
  const signature = FUNCTION_SIGNATURES.get(call.name)!;
  const given = call.args.length;
  const variable = signature.repeats || signature.required < signature.args.length;
  const failCount = (expected: string): never =>
    failParse(query, call.from, `expected ${expected} argument(s) in call to "${call.name}", got ${given}`);
  if (!variable && given !== signature.required) failCount(`${signature.required}`);
  if (given < signature.required) failCount(`at least ${signature.required}`);
  if (!signature.repeats && given > signature.args.length) failCount(`at most ${signature.args.length}`);
  for (const [index, argument] of call.args.entries()) {
    const wanted = signature.args[Math.min(index, signature.args.length - 1)]!;
    expectType(query, argument, wanted, `call to function "${call.name}"`);
  }
  return signature.returns;
}
