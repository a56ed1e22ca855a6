import type { Pace } from '../../../pace/pace';
import { failExperimental } from '../terms/promql-error';
import type { Aggregation, Expression, FunctionCall } from './ast';
import { buildSelector } from './build-selector';
import { childrenOf } from './children-of';
import { failParse } from './fail-parse';
import { EXPERIMENTAL_FUNCTIONS, FUNCTION_SIGNATURES } from './function-signatures';
import { orderOperators } from './order-operators';
import { parseNumber } from './parse-number';
import { readGroupingLabels } from './read-grouping-labels';
import { readString } from './read-string';
import type { SyntaxNode } from './syntax-node';

const PARAMETRISED_AGGREGATIONS = new Set(['topk', 'bottomk', 'quantile', 'count_values']);
const EXPERIMENTAL_AGGREGATIONS = new Set(['limitk', 'limit_ratio']);

/** The AST of an expression node of an error-free tree. Types are not checked here. */
export async function buildExpression(query: string, node: SyntaxNode, pace: Pace): Promise<Expression> {
  return await orderOperators(query, node, buildOperand, pace);
}

async function buildOperand(query: string, node: SyntaxNode, pace: Pace): Promise<Expression> {
  const span = { from: node.from, to: node.to };
  switch (node.name) {
    case 'NumberDurationLiteral':
      return { kind: 'number', ...span, value: parseNumber(query.slice(node.from, node.to).replace(/^[-+]\s*/, '')) };
    case 'StringLiteral':
      return { kind: 'string', ...span, text: readString(query, node) };
    case 'VectorSelector':
      return await buildSelector(query, node, pace);
    case 'ParenExpr':
      return { kind: 'parenthesised', ...span, inner: await buildExpression(query, childrenOf(node)[0]!, pace) };
    case 'FunctionCall':
      return await buildCall(query, node, pace);
    case 'AggregateExpr':
      return await buildAggregation(query, node, pace);
    default:
      throw new Error(`the grammar's node ${node.name} is no operand`);
  }
}

async function buildCall(query: string, node: SyntaxNode, pace: Pace): Promise<FunctionCall> {
  const identifier = node.getChild('FunctionIdentifier')!;
  const name = query.slice(identifier.from, identifier.to);
  if (EXPERIMENTAL_FUNCTIONS.has(name)) failExperimental(`the function ${name}()`, node.from);
  if (!FUNCTION_SIGNATURES.has(name)) failParse(query, node.from, `unknown function with name "${name}"`);
  const args = await buildArguments(query, node, pace);
  return { kind: 'call', from: node.from, to: node.to, name, args };
}

async function buildAggregation(query: string, node: SyntaxNode, pace: Pace): Promise<Aggregation> {
  const operatorNode = node.getChild('AggregateOp')!;
  const operator = query.slice(operatorNode.from, operatorNode.to).toLowerCase();
  if (EXPERIMENTAL_AGGREGATIONS.has(operator)) failExperimental(`the aggregation ${operator}()`, node.from);
  const args = await buildArguments(query, node, pace);
  const expected = PARAMETRISED_AGGREGATIONS.has(operator) ? 2 : 1;
  if (args.length === 0) failParse(query, node.from, 'no arguments for aggregate expression provided');
  if (args.length !== expected) {
    const counts = `expected ${expected}, got ${args.length}`;
    failParse(query, node.from, `wrong number of arguments for aggregate expression provided, ${counts}`);
  }
  const modifier = node.getChild('AggregateModifier');
  return {
    kind: 'aggregation',
    from: node.from,
    to: node.to,
    operator,
    ...(expected === 2 && { parameter: args[0]! }),
    operand: args[expected - 1]!,
    without: modifier?.firstChild?.name === 'Without',
    grouping: modifier ? readGroupingLabels(query, modifier.getChild('GroupingLabels')!) : [],
  };
}

async function buildArguments(query: string, node: SyntaxNode, pace: Pace): Promise<Expression[]> {
  const args: Expression[] = [];
  for (const argument of childrenOf(node.getChild('FunctionCallBody')!)) {
    args.push(await buildExpression(query, argument, pace));
  }
  return args;
}
