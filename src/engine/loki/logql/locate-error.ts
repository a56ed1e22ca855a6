import type { Tree } from '@lezer/common';
import { QueryError, unsupported } from './query-error';

const token =
  /"(?:[^"\\]|\\.)*"|`[^`]*`|[a-zA-Z_:][\w:]*|\d+(?:\.\d+)?[a-zA-Zµ]+\w*|[\d.]+|\|=|\|~|\|>|!=|!~|!>|=~|>=|<=|==|\S/y;

/** Loki's wording for a syntax error at `position`, naming what stands there. */
export function syntaxError(query: string, position: number): QueryError {
  const rest = query.slice(position);
  const at = position + (rest.length - rest.trimStart().length);
  if (/^approx_topk\s*\(/.test(query.slice(at))) return unsupported('approx_topk', 'topk');
  const before = query.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  return new QueryError(`parse error at line ${line}, col ${column}: syntax error: unexpected ${nameToken(query, at)}`);
}

/** Where the query first stops being LogQL, or undefined. A gap between two label filters is an `and`. */
export function findError(tree: Tree): number | undefined {
  let found: number | undefined;
  tree.iterate({
    enter(node) {
      if (found !== undefined) return false;
      if (!node.type.isError || isTolerated(node.node)) return true;
      found = node.from;
      return false;
    },
  });
  return found;
}

// The grammar misses `filter filter` and an offset behind an unwrap's range; Loki takes both.
function isTolerated(
  node: { name: string; from: number; to: number } & Pick<
    import('@lezer/common').SyntaxNode,
    'parent' | 'prevSibling' | 'nextSibling' | 'firstChild'
  >,
): boolean {
  const { parent, prevSibling, nextSibling } = node;
  if (parent?.name === 'LabelFilter' && prevSibling?.name === 'LabelFilter' && nextSibling?.name === 'LabelFilter') {
    return node.from === node.to;
  }
  if (parent?.name !== 'RangeAggregationExpr') return false;
  const child = node.firstChild?.name;
  if (child === 'Offset') return prevSibling?.name === 'LogRangeExpr' && nextSibling?.firstChild?.name === 'Duration';
  return child === 'Duration' && prevSibling?.firstChild?.name === 'Offset';
}

function nameToken(query: string, position: number): string {
  token.lastIndex = position;
  const text = token.exec(query)?.[0];
  if (text === undefined) return '$end';
  if (/^["`]./.test(text)) return 'STRING';
  if (/^\d+(\.\d+)?[a-zA-Zµ]/.test(text)) return /B$/.test(text) ? 'BYTES' : 'DURATION';
  if (/^[\d.]+$/.test(text)) return 'NUMBER';
  return /^[a-zA-Z_]/.test(text) ? 'IDENTIFIER' : text;
}
