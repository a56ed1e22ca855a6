import type { SyntaxNode } from '@lezer/common';
import type { Matcher, MatchOperator } from './ast';
import type { QuerySource } from './query-source';

/** Reads `name operator "value"`; refuses a regular expression that RE2 does not take. */
export function readMatcher(source: QuerySource, node: SyntaxNode): Matcher {
  const matcher: Matcher = {
    name: source.text(node.getChild('Identifier')!),
    operator: source.text(node.firstChild!.nextSibling!) as MatchOperator,
    value: source.string(node.getChild('String')!),
  };
  if (matcher.operator.endsWith('~')) source.checkRegex(matcher.value, node);
  return matcher;
}
