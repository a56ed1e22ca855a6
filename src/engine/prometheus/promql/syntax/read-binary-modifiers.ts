import { failExperimental, failUnsupported } from '../terms/promql-error';
import type { BinaryOperation, VectorMatching } from './ast';
import { childrenOf } from './children-of';
import { failParse } from './fail-parse';
import { readGroupingLabels } from './read-grouping-labels';
import type { SyntaxNode } from './syntax-node';

const SET_OPERATORS = new Set(['and', 'or', 'unless']);

/** `bool`, `on`, `ignoring` and the group modifiers of a `BinaryExpr` node. */
export function readBinaryModifiers(
  query: string,
  node: SyntaxNode,
  operator: string,
): Pick<BinaryOperation, 'returnBool' | 'matching' | 'explicitMatching'> {
  if (node.getChild('FillModifier')) failExperimental('the modifiers fill, fill_left and fill_right', node.from);
  if (operator === '</' || operator === '>/') failUnsupported(`the operator ${operator}`, node.from);
  const clause = node.getChild('MatchingModifierClause');
  const isSet = SET_OPERATORS.has(operator);
  const returnBool = node.getChild('BoolModifier') !== undefined;
  if (!clause) {
    const cardinality = isSet ? 'many-to-many' : 'one-to-one';
    return { returnBool, matching: { on: false, labels: [], cardinality, include: [] }, explicitMatching: false };
  }
  const [labels, include] = clause.getChildren('GroupingLabels').map((group) => readGroupingLabels(query, group));
  const on = clause.getChild('On') !== undefined;
  const group = clause.getChild('GroupLeft') ?? clause.getChild('GroupRight');
  if (isSet && group) failParse(query, node.from, `no grouping allowed for "${operator}" operation`);
  const repeated = on ? include?.find((name) => labels!.includes(name)) : undefined;
  if (repeated)
    failParse(query, childrenOf(node)[1]!.from, `label "${repeated}" must not occur in ON and GROUP clause at once`);
  let cardinality: VectorMatching['cardinality'] = isSet ? 'many-to-many' : 'one-to-one';
  if (group) cardinality = group.name === 'GroupLeft' ? 'many-to-one' : 'one-to-many';
  return { returnBool, matching: { on, labels: labels!, cardinality, include: include ?? [] }, explicitMatching: true };
}
