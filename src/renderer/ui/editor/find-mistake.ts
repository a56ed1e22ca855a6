import type { SyntaxNode, Tree } from '@lezer/common';
import type { QueryLanguage } from './query-language';

export interface Mistake {
  from: number;
  to: number;
  message: string;
}

/**
 * The first place where the text stops to be of its language, as the published grammar reads it: LogQL and PromQL, which the
 * engine reads with the very same. What is only not finished, at the end, is none while one types. That of TraceQL lags behind
 * the language, and would call right queries wrong.
 */
export function findMistake(language: QueryLanguage, tree: Tree, text: string): Mistake | null {
  if (language === 'TraceQL') return null;
  const end = text.trimEnd().length;
  let found: Mistake | null = null;
  tree.iterate({
    enter({ node, type, from, to }) {
      if (found) return false;
      if (!type.isError) return true;
      if (from < end && !isTaken(node)) {
        const until = Math.max(to, Math.min(from + 1, text.length));
        found = {
          from,
          to: until,
          message: `No ${language} from here on: unexpected ${JSON.stringify(text.slice(from, until).slice(0, 40))}`,
        };
      }
      return false;
    },
  });
  return found;
}

/** The grammar misses `filter filter` and an offset behind an unwrap's range; Loki takes both. */
function isTaken({ from, to, parent, prevSibling, nextSibling }: SyntaxNode): boolean {
  if (parent?.name === 'LabelFilter' && prevSibling?.name === 'LabelFilter' && nextSibling?.name === 'LabelFilter')
    return from === to;
  return parent?.name === 'RangeAggregationExpr';
}
