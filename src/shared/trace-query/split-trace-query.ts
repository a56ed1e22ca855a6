/** A TraceQL query by its outermost parts. */
export interface TraceQueryParts {
  /** What stands in the braces, where the query is one spanset and nothing else. */
  readonly filter: string | null;
  /** Without the hints. */
  readonly body: string;
  /** `with (…)` at its end; empty where there is none. */
  readonly hints: string;
}

export function splitTraceQuery(query: string): TraceQueryParts {
  const bare = withoutTexts(query);
  const hintsAt = /\s+with\s*\([^()]*\)\s*$/.exec(bare)?.index ?? query.length;
  const body = query.slice(0, hintsAt).trim();
  const hints = query.slice(hintsAt).trim();
  const plain = withoutTexts(body);
  if (body === '') return { filter: '', body: '{}', hints };
  const isOne = plain.startsWith('{') && plain.indexOf('}') === plain.length - 1 && plain.lastIndexOf('{') === 0;
  return { filter: isOne ? body.slice(1, -1).trim() : null, body, hints };
}

/** As long as the text, with blanks for what stands in quotes. */
export function withoutTexts(query: string): string {
  return query.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/gs, (text) => ' '.repeat(text.length));
}
