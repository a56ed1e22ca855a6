import type { SyntaxNode } from '@lezer/common';
import type { Comparison, LabelFilter } from './ast';
import { parseIpPattern } from './match-ip';
import { parseBytes } from './parse-bytes';
import type { QuerySource } from './query-source';
import { readMatcher } from './read-matcher';

type Joint = 'and' | 'or' | ',';

/** Reads a label filter with its `and`, `or`, commas and parentheses. */
export function parseLabelFilter(source: QuerySource, node: SyntaxNode): LabelFilter {
  const chain = flatten(node);
  let at = 0;

  const readOr = (): LabelFilter => {
    let left = readAnd();
    while (chain[at] === 'or') {
      at++;
      left = { kind: 'or', left, right: readAnd() };
    }
    return left;
  };
  const readAnd = (): LabelFilter => {
    let left = readOperand();
    while (chain[at] === 'and') {
      at++;
      left = { kind: 'and', left, right: readOperand() };
    }
    return left;
  };
  // Loki's grammar gives the comma no precedence: it takes the one filter before it and all that follows.
  const readOperand = (): LabelFilter => {
    const operand = readLeaf(source, chain[at++] as SyntaxNode);
    if (chain[at] !== ',') return operand;
    at++;
    return { kind: 'and', left: operand, right: readOr() };
  };
  return readOr();
}

// The filters of a chain and what joins them, in the order of the text; the grammar's own nesting does not follow Loki's.
function flatten(node: SyntaxNode): (SyntaxNode | Joint)[] {
  const chain: (SyntaxNode | Joint)[] = [];
  const ahead: (SyntaxNode | Joint)[] = [node];
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    const [left, right] = typeof next === 'string' ? [] : next.getChildren('LabelFilter');
    if (typeof next === 'string' || !left || !right) chain.push(next);
    else {
      const joint = next.getChild('Or') ? 'or' : next.getChild('And') || next.getChild('⚠') ? 'and' : ',';
      ahead.push(right, joint, left);
    }
  }
  return chain;
}

function readLeaf(source: QuerySource, node: SyntaxNode): LabelFilter {
  const inner = node.getChild('LabelFilter');
  if (inner) return parseLabelFilter(source, inner);
  const child = node.firstChild!;
  if (child.name === 'Matcher') return { kind: 'matcher', matcher: readMatcher(source, child) };
  if (child.name === 'IpLabelFilter') return readIpFilter(source, child);
  return readComparison(source, child.name === 'UnitFilter' ? child.firstChild! : child);
}

function readIpFilter(source: QuerySource, node: SyntaxNode): LabelFilter {
  const pattern = source.string(node.getChild('String')!);
  if (!parseIpPattern(pattern)) throw source.error(node, `invalid ip pattern: ${pattern}`);
  return { kind: 'ip', name: source.text(node.firstChild!), negated: node.getChild('Neq') !== null, pattern };
}

function readComparison(source: QuerySource, node: SyntaxNode): LabelFilter {
  const name = source.text(node.firstChild!);
  const operator = source.text(node.firstChild!.nextSibling!);
  const comparison = (operator === '=' ? '==' : operator) as Comparison;
  const operand = node.lastChild!;
  if (node.name === 'DurationFilter') return { kind: 'duration', name, comparison, value: source.duration(operand) };
  if (node.name === 'BytesFilter') {
    return { kind: 'bytes', name, comparison, value: parseBytes(source.text(operand)) ?? 0 };
  }
  return { kind: 'number', name, comparison, value: source.number(operand) };
}
