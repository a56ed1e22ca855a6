import { failExperimental, failUnsupported } from '../terms/promql-error';
import type { AtTime, Expression, MatrixSelector, Subquery, TimeShift } from './ast';
import { childrenOf } from './children-of';
import { failParse } from './fail-parse';
import { parseDuration, parseNumber } from './parse-number';
import type { SyntaxNode } from './syntax-node';

const SHIFTABLE = 'must be preceded by an instant vector selector or range vector selector or a subquery';

/** Applies the range, subquery, `offset` or `@` of the node to the operand written directly before it. */
export function applyPostfix(query: string, node: SyntaxNode, operand: Expression): Expression {
  switch (node.name) {
    case 'MatrixSelector':
      return applyRange(query, node, operand);
    case 'SubqueryExpr':
      return applySubquery(query, node, operand);
    case 'OffsetExpr': {
      if (shiftOf(operand)?.offsetMs) failParse(query, operand.from, 'offset may not be set multiple times');
      const [, , amount] = childrenOf(node);
      return shift(query, node, operand, 'offset modifier', { offsetMs: readSignedDuration(query, amount!) });
    }
    case 'StepInvariantExpr':
      if (shiftOf(operand)?.at !== undefined)
        failParse(query, operand.from, '@ <timestamp> may not be set multiple times');
      return shift(query, node, operand, '@ modifier', { at: readAt(query, childrenOf(node)[2]!) });
    default:
      return failExperimental(`the modifier "${node.lastChild!.name.toLowerCase()}"`, node.from);
  }
}

function applyRange(query: string, node: SyntaxNode, operand: Expression): MatrixSelector {
  const bracket = query.lastIndexOf('[', node.lastChild!.from);
  if (operand.kind !== 'vector-selector') failParse(query, bracket, 'ranges only allowed for vector selectors');
  if (operand.offsetMs !== 0) failParse(query, bracket, 'no offset modifiers allowed before range');
  if (operand.at !== undefined) failParse(query, bracket, 'no @ modifiers allowed before range');
  const rangeMs = readPositiveDuration(query, node.lastChild!);
  return { kind: 'matrix-selector', from: operand.from, to: node.to, selector: operand, rangeMs };
}

function applySubquery(query: string, node: SyntaxNode, operand: Expression): Subquery {
  const [range, step] = node.getChildren('DurationExpr');
  return {
    kind: 'subquery',
    from: operand.from,
    to: node.to,
    inner: operand,
    rangeMs: readPositiveDuration(query, range!),
    ...(step && { stepMs: readPositiveDuration(query, step) }),
    offsetMs: 0,
  };
}

function shiftOf(operand: Expression): TimeShift | undefined {
  if (operand.kind === 'matrix-selector') return operand.selector;
  return operand.kind === 'vector-selector' || operand.kind === 'subquery' ? operand : undefined;
}

function shift(query: string, node: SyntaxNode, operand: Expression, what: string, by: Partial<TimeShift>): Expression {
  if (operand.kind === 'matrix-selector') {
    return { ...operand, to: node.to, selector: { ...operand.selector, ...by } };
  }
  if (operand.kind === 'vector-selector' || operand.kind === 'subquery') return { ...operand, to: node.to, ...by };
  return failParse(query, operand.from, `${what} ${SHIFTABLE}`);
}

function readAt(query: string, node: SyntaxNode): AtTime {
  if (node.name === 'AtModifierPreprocessors') return node.firstChild!.name === 'AtStart' ? 'start' : 'end';
  const text = query.slice(node.from, node.to);
  const seconds = text.startsWith('-') ? -parseNumber(text.slice(1)) : parseNumber(text.replace('+', ''));
  if (!Number.isFinite(seconds)) failParse(query, node.from, `timestamp out of bounds for @ modifier: ${seconds}`);
  return Math.round(seconds * 1000);
}

function readPositiveDuration(query: string, node: SyntaxNode): number {
  const duration = readSignedDuration(query, node);
  return duration > 0 ? duration : failParse(query, node.from, 'duration must be greater than 0');
}

/** Milliseconds of a duration or a number of seconds with an optional sign. */
function readSignedDuration(query: string, node: SyntaxNode): number {
  const children = childrenOf(node);
  const last = children.at(-1);
  const text = last ? query.slice(last.from, last.to) : '';
  if (children.length === 1 && last!.name === 'NumberDurationLiteralInDurationContext') {
    return parseDuration(text) ?? Math.round(parseNumber(text) * 1000);
  }
  if (children.length === 2 && children[0]!.name === 'UnaryOp') {
    const magnitude = readSignedDuration(query, last!);
    return query[children[0]!.from] === '-' ? -magnitude : magnitude;
  }
  return failUnsupported('arithmetic in durations', node.from);
}
