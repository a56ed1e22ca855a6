import { failParse } from './fail-parse';
import type { SyntaxNode } from './syntax-node';
import { unquoteString } from './unquote-string';

/** The text of a string node; fails at it where it does not end or holds a wrong escape. */
export function readString(query: string, node: SyntaxNode): string {
  const unquoted = unquoteString(query.slice(node.from, node.to));
  return 'fault' in unquoted ? failParse(query, node.from, unquoted.fault) : unquoted.text;
}
