import type { Pace } from '../../../pace/pace';
import { compileMatcher } from '../../../regex/compile-matcher';
import { RegexTooLarge } from '../../../regex/compile-regex';
import { PromqlFailure } from '../terms/promql-error';
import type { Matcher, MatchOperator } from '../terms/sample-source';
import type { VectorSelector } from './ast';
import { childrenOf } from './children-of';
import { failParse } from './fail-parse';
import { readString } from './read-string';
import type { SyntaxNode } from './syntax-node';

/** Reading one matcher, in units of `Pace.isDueAfter`; an expression that is compiled takes most. */
const MATCHER = 20_000;

/** A `VectorSelector` node with its name and matchers; fails where it would select every series. */
export async function buildSelector(query: string, node: SyntaxNode, pace: Pace): Promise<VectorSelector> {
  const matchers: Matcher[] = [];
  const addName = (value: string): void => {
    const earlier = matchers.find((matcher) => matcher.name === '__name__' && matcher.operator === '=');
    if (earlier) failParse(query, node.from, `metric name must not be set twice: "${earlier.value}" or "${value}"`);
    if (isIllFormed(value)) failParse(query, node.from, `invalid metric name ${JSON.stringify(value)}`);
    matchers.push({ name: '__name__', operator: '=', value });
  };
  for (const child of childrenOf(node)) {
    if (child.name === 'Identifier') addName(query.slice(child.from, child.to));
    if (child.name !== 'LabelMatchers') continue;
    const named = matchers.length > 0;
    for (const entry of childrenOf(child)) {
      if (entry.name === 'QuotedLabelName') {
        addName(readString(query, entry));
        continue;
      }
      const matcher = readMatcher(query, entry);
      if (pace.isDueAfter(MATCHER)) await pace.turn();
      if (named && matcher.name === '__name__') {
        failParse(query, node.from, `metric name must not be set twice: "${matchers[0]!.value}" or "${matcher.value}"`);
      }
      matchers.push(matcher);
    }
  }
  if (matchers.every((matcher) => compileMatcher(matcher)(''))) {
    failParse(query, node.from, 'vector selector must contain at least one non-empty matcher');
  }
  return { kind: 'vector-selector', from: node.from, to: node.to, matchers, nameEnd: node.to, offsetMs: 0 };
}

function readMatcher(query: string, node: SyntaxNode): Matcher {
  const [label, operator, value] = childrenOf(node);
  const name = label!.name === 'QuotedLabelName' ? readString(query, label!) : query.slice(label!.from, label!.to);
  const matcher: Matcher = {
    name,
    operator: query.slice(operator!.from, operator!.to) as MatchOperator,
    value: readString(query, value!),
  };
  if (isIllFormed(name)) failParse(query, label!.from, `invalid label name ${JSON.stringify(name)}`);
  try {
    compileMatcher(matcher);
  } catch (thrown) {
    if (thrown instanceof RegexTooLarge)
      throw new PromqlFailure({ kind: 'unsupported', message: thrown.message, position: node.from });
    // re2js shows its own flag in front of the pattern.
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    failParse(query, node.from, message.replace('`(?s)', '`'));
  }
  return matcher;
}

/** Whether the text holds bytes that were no UTF-8. */
function isIllFormed(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}
