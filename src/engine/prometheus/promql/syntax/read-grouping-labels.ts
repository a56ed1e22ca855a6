import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from './children-of';
import { readString } from './read-string';

/** The label names of a `GroupingLabels` node, in the order written. */
export function readGroupingLabels(query: string, node: SyntaxNode): string[] {
  return childrenOf(node).map((label) =>
    label.name === 'QuotedLabelName' ? readString(query, label) : query.slice(label.from, label.to),
  );
}
