import type { SyntaxNode } from '@lezer/common';
import { applyPostfix } from './apply-postfix';
import type { BinaryOperation, Expression } from './ast';
import { childrenOf } from './children-of';
import { readBinaryModifiers } from './read-binary-modifiers';

const PRECEDENCE: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '<=': 3,
  '<': 3,
  '>=': 3,
  '>': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 6,
};
const SIGN_PRECEDENCE = 5;

const POSTFIXES = new Set([
  'MatrixSelector',
  'SubqueryExpr',
  'OffsetExpr',
  'StepInvariantExpr',
  'AnchoredExpr',
  'SmoothedExpr',
]);

type Part =
  | { readonly kind: 'operand'; operand: Expression }
  | { readonly kind: 'sign'; readonly sign: '+' | '-'; readonly from: number }
  | {
      readonly kind: 'operator';
      readonly text: string;
      readonly node: SyntaxNode;
      readonly from: number;
      readonly to: number;
    };

type BuildOperand = (query: string, node: SyntaxNode) => Expression;

/**
 * Builds an expression whose operators bind as they do in Prometheus. The published grammar lets `offset`, `@` and ranges take the
 * whole expression before them and a sign the number after it (`-2^2`), so the tree is flattened and ordered anew.
 */
export function orderOperators(query: string, node: SyntaxNode, buildOperand: BuildOperand): Expression {
  const parts: Part[] = [];
  flatten(query, node, buildOperand, parts);
  return climb(query, parts, 0);
}

function flatten(query: string, node: SyntaxNode, buildOperand: BuildOperand, parts: Part[]): void {
  const children = childrenOf(node);
  if (node.name === 'BinaryExpr') {
    const operator = children[1]!;
    flatten(query, children[0]!, buildOperand, parts);
    parts.push({
      kind: 'operator',
      text: query.slice(operator.from, operator.to).toLowerCase(),
      node,
      from: operator.from,
      to: operator.to,
    });
    flatten(query, children.at(-1)!, buildOperand, parts);
  } else if (node.name === 'UnaryExpr') {
    parts.push({ kind: 'sign', sign: query[node.from] as '+' | '-', from: node.from });
    flatten(query, children[1]!, buildOperand, parts);
  } else if (POSTFIXES.has(node.name)) {
    flatten(query, children[0]!, buildOperand, parts);
    const last = parts.at(-1);
    if (last?.kind === 'operand') last.operand = applyPostfix(query, node, last.operand);
  } else {
    const sign = node.name === 'NumberDurationLiteral' ? query[node.from] : undefined;
    if (sign === '+' || sign === '-') parts.push({ kind: 'sign', sign, from: node.from });
    parts.push({ kind: 'operand', operand: buildOperand(query, node) });
  }
}

function climb(query: string, parts: Part[], minimum: number): Expression {
  let left = readOperand(query, parts);
  for (;;) {
    const next = parts[0];
    if (next?.kind !== 'operator') return left;
    const precedence = PRECEDENCE[next.text]!;
    if (precedence < minimum) return left;
    parts.shift();
    // Only ^ is right-associative.
    const right = climb(query, parts, next.text === '^' ? precedence : precedence + 1);
    left = joinBinary(query, next, left, right);
  }
}

function readOperand(query: string, parts: Part[]): Expression {
  const part = parts.shift();
  if (part?.kind === 'operand') return part.operand;
  if (part?.kind !== 'sign') throw new Error('an operator without an operand passed the grammar');
  const operand = climb(query, parts, SIGN_PRECEDENCE + 1);
  if (operand.kind === 'number') {
    return { ...operand, from: part.from, value: part.sign === '-' ? -operand.value : operand.value };
  }
  return { kind: 'unary', from: part.from, to: operand.to, operator: part.sign, operand };
}

function joinBinary(
  query: string,
  operator: Extract<Part, { kind: 'operator' }>,
  left: Expression,
  right: Expression,
): BinaryOperation {
  return {
    kind: 'binary',
    from: left.from,
    to: right.to,
    operator: operator.text,
    operatorSpan: { from: operator.from, to: operator.to },
    left,
    right,
    ...readBinaryModifiers(query, operator.node, operator.text),
  };
}
