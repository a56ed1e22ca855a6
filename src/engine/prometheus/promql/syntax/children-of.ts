import type { SyntaxNode } from './syntax-node';

/** The node's children in source order, without comments. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return node.children.filter(({ name }) => name !== 'LineComment');
}
