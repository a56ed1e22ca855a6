import type { SyntaxNode } from '@lezer/common';
import { parseIpPattern } from '../pipeline/match-ip';
import type { Comparison, LabelFilter } from './ast';
import { parseBytes } from './parse-bytes';
import type { QuerySource } from './query-source';
import { readMatcher } from './read-matcher';

/** Reads a label filter with its `and`, `or` and parentheses. */
export function parseLabelFilter(source: QuerySource, node: SyntaxNode): LabelFilter {
  const [left, right] = node.getChildren('LabelFilter');
  if (left && right) {
    return {
      kind: node.getChild('Or') ? 'or' : 'and',
      left: parseLabelFilter(source, left),
      right: parseLabelFilter(source, right),
    };
  }
  if (left) return parseLabelFilter(source, left);
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
