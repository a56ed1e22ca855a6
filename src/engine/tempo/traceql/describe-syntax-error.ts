import type { Tree } from '@lezer/common';
import type { Problem } from '../../../shared/problem';

/** The first syntax error of a query in Tempo's words, or undefined. Columns count from 1. */
export function describeSyntaxError(query: string, tree: Tree): Problem | undefined {
  let from: number | undefined;
  tree.iterate({
    enter: (node) => {
      if (from === undefined && node.type.isError) from = node.from;
      return from === undefined;
    },
  });
  if (from === undefined) return undefined;
  return syntaxErrorAt(query, from);
}

function syntaxErrorAt(query: string, from: number): Problem {
  const start = from + (/^\s*/.exec(query.slice(from)) as RegExpExecArray)[0].length;
  const before = query.slice(0, start);
  const line = before.split('\n').length;
  const column = start - before.lastIndexOf('\n');
  const token = nameToken(query.slice(start));
  // Inside a filter a bare word is read as a literal that there is not.
  const isLiteral = token === 'IDENTIFIER' && before.lastIndexOf('{') > before.lastIndexOf('}');
  const mistake = isLiteral
    ? `unknown identifier: ${/^\w+/.exec(query.slice(start))?.[0]}`
    : `syntax error: unexpected ${token}`;
  const message = `parse error at line ${line}, col ${column}: ${mistake}`;
  return { kind: 'traceql-syntax', message, details: String(start) };
}

function nameToken(rest: string): string {
  if (rest === '') return '$end';
  if (/^["`]/.test(rest)) return 'STRING';
  const number = /^(?:\d+(?:\.\d+)?|\.\d+)([a-zµ]*)/.exec(rest);
  if (number) return number[1] ? 'DURATION' : number[0].includes('.') ? 'FLOAT' : 'INTEGER';
  const word = /^[A-Za-z_]\w*/.exec(rest)?.[0];
  if (word !== undefined) return keywords.has(word) ? word : 'IDENTIFIER';
  return (/^(?:&&|\|\||!=|=~|!~|>=|<=|>>|<<|!>>|!<<|!>|!<|.)/u.exec(rest) as RegExpExecArray)[0];
}

const keywords = new Set(
  (
    'true false nil ok error unset unspecified internal server client producer consumer duration childCount name status ' +
    'statusMessage kind rootName rootServiceName traceDuration nestedSetParent parent resource span event link count avg ' +
    'max min sum by coalesce select rate count_over_time min_over_time max_over_time avg_over_time sum_over_time ' +
    'quantile_over_time histogram_over_time compare topk bottomk with'
  ).split(' '),
);
