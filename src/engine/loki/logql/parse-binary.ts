import type { SyntaxNode } from '@lezer/common';
import type { BinaryOperation, BinaryOperator, MetricExpression } from './ast';
import type { QuerySource } from './query-source';

const precedence: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '>': 3,
  '>=': 3,
  '<': 3,
  '<=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  '^': 6,
};

interface Joint {
  readonly operator: BinaryOperator;
  readonly modifier: SyntaxNode;
}

/**
 * Reads a BinOpExpr. The published grammar binds `+` tighter than `*`: the chain is taken as a list and joined again by
 * Loki's precedence, `^` from the right, the others from the left.
 */
export function parseBinary(
  source: QuerySource,
  node: SyntaxNode,
  nested: (child: SyntaxNode) => MetricExpression,
): MetricExpression {
  const operands: SyntaxNode[] = [];
  const joints: Joint[] = [];
  const flatten = (binary: SyntaxNode) => {
    const [left, right] = binary.getChildren('Expr');
    visit(left!);
    const modifier = binary.getChild('BinOpModifier')!;
    joints.push({ operator: source.text(left!.nextSibling!) as BinaryOperator, modifier });
    visit(right!);
  };
  // A BinOpExpr in parentheses has one more MetricExpr around it and stays whole.
  const visit = (expression: SyntaxNode) => {
    const inner = expression.firstChild?.firstChild;
    if (inner?.name === 'BinOpExpr') flatten(inner);
    else operands.push(expression);
  };
  flatten(node);
  let at = 0;
  const join = (least: number): MetricExpression => {
    let left = nested(operands[at]!);
    for (let joint = joints[at]; joint && precedence[joint.operator] >= least; joint = joints[at]) {
      at++;
      const level = precedence[joint.operator];
      left = operation(source, joint, left, join(joint.operator === '^' ? level : level + 1));
    }
    return left;
  };
  return join(1);
}

function operation(
  source: QuerySource,
  { operator, modifier }: Joint,
  left: MetricExpression,
  right: MetricExpression,
): BinaryOperation {
  const match = modifier.getChild('OnOrIgnoringModifier');
  const group = modifier.getChild('GroupLeft') ? 'left' : modifier.getChild('GroupRight') ? 'right' : 'one-to-one';
  return {
    kind: 'binary',
    operator,
    left,
    right,
    returnBool: modifier.getChild('Bool') !== null,
    matching: { on: match?.getChild('On') != null, labels: match ? readLabels(source, match) : [] },
    group,
    include: readLabels(source, modifier.getChildren('GroupingLabels').at(-1)),
  };
}

function readLabels(source: QuerySource, node: SyntaxNode | undefined): string[] {
  const labels: string[] = [];
  node?.cursor().iterate((cursor) => {
    if (cursor.name === 'LabelName') labels.push(source.text(cursor.node));
  });
  return labels;
}
