import type { Pace } from '../../../pace/pace';
import { applyPostfix } from './apply-postfix';
import type { BinaryOperation, Expression } from './ast';
import { childrenOf } from './children-of';
import { readBinaryModifiers } from './read-binary-modifiers';
import type { SyntaxNode } from './syntax-node';

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

type BuildOperand = (query: string, node: SyntaxNode, pace: Pace) => Promise<Expression>;

/** One part of an expression, in units of `Pace.isDueAfter`. */
const PART = 100;

/**
 * Builds an expression whose operators bind as they do in Prometheus. The published grammar lets `offset`, `@` and ranges take the
 * whole expression before them and a sign the number after it (`-2^2`), so the tree is flattened and ordered anew. Both with
 * stacks of their own: a chain of ten thousand operators costs no call depth.
 */
export async function orderOperators(
  query: string,
  node: SyntaxNode,
  buildOperand: BuildOperand,
  pace: Pace,
): Promise<Expression> {
  return await order(query, await flatten(query, node, buildOperand, pace), pace);
}

type Step = { readonly enter: SyntaxNode } | { readonly operator: SyntaxNode } | { readonly postfix: SyntaxNode };

async function flatten(query: string, root: SyntaxNode, buildOperand: BuildOperand, pace: Pace): Promise<Part[]> {
  const parts: Part[] = [];
  const steps: Step[] = [{ enter: root }];
  for (let step = steps.pop(); step; step = steps.pop()) {
    if (pace.isDueAfter(PART)) await pace.turn();
    if ('operator' in step) {
      const { from, to } = childrenOf(step.operator)[1]!;
      parts.push({ kind: 'operator', text: query.slice(from, to).toLowerCase(), node: step.operator, from, to });
      continue;
    }
    if ('postfix' in step) {
      const last = parts.at(-1);
      if (last?.kind === 'operand') last.operand = applyPostfix(query, step.postfix, last.operand);
      continue;
    }
    const node = step.enter;
    const children = childrenOf(node);
    if (node.name === 'BinaryExpr') {
      steps.push({ enter: children.at(-1)! }, { operator: node }, { enter: children[0]! });
    } else if (node.name === 'UnaryExpr') {
      parts.push({ kind: 'sign', sign: query[node.from] as '+' | '-', from: node.from });
      steps.push({ enter: children[1]! });
    } else if (POSTFIXES.has(node.name)) {
      steps.push({ postfix: node }, { enter: children[0]! });
    } else {
      const sign = node.name === 'NumberDurationLiteral' ? query[node.from] : undefined;
      if (sign === '+' || sign === '-') parts.push({ kind: 'sign', sign, from: node.from });
      parts.push({ kind: 'operand', operand: await buildOperand(query, node, pace) });
    }
  }
  return parts;
}

/** Dijkstra's shunting yard: operators wait until one follows that binds no tighter. */
async function order(query: string, parts: readonly Part[], pace: Pace): Promise<Expression> {
  const operands: Expression[] = [];
  const waiting: Exclude<Part, { kind: 'operand' }>[] = [];
  const join = (): void => {
    const operator = waiting.pop()!;
    const right = operands.pop();
    if (!right) throw new Error('an operator without an operand passed the grammar');
    if (operator.kind === 'sign') {
      operands.push(joinSign(operator, right));
      return;
    }
    const left = operands.pop();
    if (!left) throw new Error('an operator without an operand passed the grammar');
    operands.push(joinBinary(query, operator, left, right));
  };
  for (const part of parts) {
    if (pace.isDueAfter(PART)) await pace.turn();
    if (part.kind === 'operand') {
      operands.push(part.operand);
      continue;
    }
    if (part.kind === 'operator') {
      const precedence = PRECEDENCE[part.text]!;
      // Only ^ is right-associative.
      const joins = (other: number) => (part.text === '^' ? other > precedence : other >= precedence);
      for (let last = waiting.at(-1); last && joins(precedenceOf(last)); last = waiting.at(-1)) join();
    }
    waiting.push(part);
  }
  while (waiting.length > 0) join();
  return operands[0]!;
}

function precedenceOf(part: Exclude<Part, { kind: 'operand' }>): number {
  return part.kind === 'sign' ? SIGN_PRECEDENCE : PRECEDENCE[part.text]!;
}

function joinSign({ sign, from }: Extract<Part, { kind: 'sign' }>, operand: Expression): Expression {
  if (operand.kind === 'number') return { ...operand, from, value: sign === '-' ? -operand.value : operand.value };
  return { kind: 'unary', from, to: operand.to, operator: sign, operand };
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
