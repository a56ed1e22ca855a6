import { parser } from '@grafana/lezer-logql';
import type { Tree } from '@lezer/common';
import { QueryError } from './query-error';

/** Levels of the tree; the parser flattens what is deeper, and gives up on some forms from about half of it on. */
const MAX_LEVELS = 2400;
const MAY_GIVE_UP = 1200;

/** The grammar looks words up in an object, where it finds these as if they were keywords. A tree holds places alone: any name as long does. */
const asKeyword = /\b(?:constructor|__proto__)\b/gi;
const standIn = (word: string) => 'x'.repeat(word.length);

/** What the parser has and does not say in its types. */
interface ParserState {
  /** How often in a row a node of more than 2,000 characters was made longer by an operator. */
  bigReductionCount: number;
  advance(): Tree | null;
}

/**
 * The syntax tree of a query. The parser keeps trees shallow, as editors need them, and breaks a chain of some hundred
 * operators on a long text off as an error: that is never let count. Longer chains than it can read are refused by name.
 */
export function parseTree(query: string): Tree {
  const parse = parser.startParse(query.replace(asKeyword, standIn)) as unknown as ParserState;
  let tree: Tree | null = null;
  while (tree === null) {
    parse.bigReductionCount = 0;
    tree = parse.advance();
  }
  const { levels, hasError } = measure(tree);
  if (levels >= (hasError ? MAY_GIVE_UP : MAX_LEVELS)) {
    throw new QueryError(
      'parse error : the query is a longer chain, or nested deeper, than the embedded engine reads (some 700 operators between metrics, 1100 alternatives of a line filter, 2300 stages or label filters): split it, or name values in one regular expression (a|b|c)',
    );
  }
  return tree;
}

function measure(tree: Tree): { levels: number; hasError: boolean } {
  let [depth, levels, hasError] = [0, 0, false];
  tree.iterate({
    enter: ({ type }) => {
      levels = Math.max(levels, ++depth);
      hasError ||= type.isError;
    },
    leave: () => {
      depth--;
    },
  });
  return { levels, hasError };
}
