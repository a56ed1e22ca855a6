import type { SyntaxNode } from '@lezer/common';
import { compileMatcher } from '../../regex/compile-matcher';
import type { Expression, Matcher, Selection } from './ast';
import { findError, syntaxError } from './locate-error';
import { parseMetric } from './parse-metric';
import { parseStages } from './parse-stages';
import { parseTree } from './parse-tree';
import { QueryError } from './query-error';
import { QuerySource } from './query-source';
import { readMatcher } from './read-matcher';

/** As in Loki; a query is parsed in one turn. */
const MAX_QUERY_BYTES = 131_072;

/** Reads a LogQL query; throws a QueryError with Loki's wording. */
export function parseLogql(query: string): Expression {
  if (query.trim() === '') throw syntaxError(query, query.length);
  const bytes = Buffer.byteLength(query);
  if (bytes >= MAX_QUERY_BYTES)
    throw new QueryError(`parse error : input size too long (${bytes} > ${MAX_QUERY_BYTES})`);
  const tree = parseTree(query);
  const source = new QuerySource(query);
  // `{}` is refused by the grammar; Loki reads it and then misses a matcher.
  if (/^\s*\{\s*\}/.test(query)) throw new QueryError(matcherRequired);
  const position = findError(tree);
  if (position !== undefined) throw syntaxError(query, position);
  return parseExpression(source, tree.topNode.firstChild!);
}

/** Reads a query that must select logs, such as a tail's. */
export function parseSelection(query: string): Selection {
  const expression = parseLogql(query);
  if (expression.kind !== 'logs') throw new QueryError('only log selector is supported');
  return expression;
}

/** A `match[]` of the series API: a selector without a pipeline; `{}` and nothing select every stream. */
export function parseStreamMatchers(text: string): readonly Matcher[] {
  if (/^\s*(\{\s*\})?\s*$/.test(text)) return [];
  const tree = parseTree(text);
  const position = findError(tree);
  if (position !== undefined) throw syntaxError(text, position);
  const selector = tree.topNode.firstChild?.firstChild;
  if (selector?.name !== 'LogExpr' || selector.getChild('PipelineExpr')) {
    throw new QueryError('only label matchers are supported');
  }
  return readMatchers(new QuerySource(text), unwrapParentheses(selector));
}

const matcherRequired =
  'parse error : queries require at least one regexp or equality matcher that does not have an empty-compatible value. For instance, app=~".*" does not meet this requirement, but app=~".+" will';

function parseExpression(source: QuerySource, node: SyntaxNode): Expression {
  const child = node.firstChild!;
  if (child.name === 'LogExpr') return parseLogSelection(source, child);
  return parseMetric(source, child, (range) => parseLogSelection(source, range));
}

function unwrapParentheses(node: SyntaxNode): SyntaxNode {
  const inner = node.getChild('LogExpr') ?? node.getChild('LogRangeExpr');
  return inner ? unwrapParentheses(inner) : node;
}

function parseLogSelection(source: QuerySource, node: SyntaxNode): Selection {
  const inner = unwrapParentheses(node);
  const matchers = readMatchers(source, inner);
  if (!matchers.some(isSelective)) throw new QueryError(matcherRequired);
  const pipeline = inner.getChild('PipelineExpr');
  return { kind: 'logs', matchers, stages: pipeline ? parseStages(source, pipeline) : [] };
}

function readMatchers(source: QuerySource, node: SyntaxNode): Matcher[] {
  const matchers: Matcher[] = [];
  node
    .getChild('Selector')
    ?.cursor()
    .iterate((cursor) => {
      if (cursor.name === 'Matcher') matchers.push(readMatcher(source, cursor.node));
    });
  return matchers;
}

function isSelective(matcher: Matcher): boolean {
  return !compileMatcher(matcher)('');
}
