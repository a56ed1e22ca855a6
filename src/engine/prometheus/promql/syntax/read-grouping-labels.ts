import { childrenOf } from './children-of';
import { failParse } from './fail-parse';
import { readString } from './read-string';
import type { SyntaxNode } from './syntax-node';

/** The label names of a `GroupingLabels` node, in the order written. */
export function readGroupingLabels(query: string, node: SyntaxNode): string[] {
  return childrenOf(node).map((label) => {
    if (label.name !== 'QuotedLabelName') {
      const name = query.slice(label.from, label.to);
      // Without quotes these are numbers, in Prometheus' grammar.
      if (/^(inf|nan)$/i.test(name)) {
        failParse(query, label.from, `unexpected number ${JSON.stringify(name)} in grouping opts, expected label`);
      }
      return name;
    }
    const name = readString(query, label);
    if (/\p{Surrogate}/u.test(name)) failParse(query, label.from, `invalid label name ${JSON.stringify(name)}`);
    return name;
  });
}
