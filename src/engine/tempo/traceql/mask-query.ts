/**
 * The published grammar lacks some of the language: `nestedSetParent`, `span:childCount`, durations of several units
 * (`1h30m`, `1d`), numbers like `.9` and free hints. Each such token is replaced by one of the same length that the
 * grammar knows, so that positions stay, and the reader looks at the original text.
 */
export function maskQuery(query: string): { text: string; hints: ReadonlyMap<string, string> } {
  const hints = new Map<string, string>();
  let text = query.replace(tokens, (token, quoted?: string, field?: string, number?: string) => {
    if (quoted !== undefined) return token;
    if (field !== undefined) return `.${'a'.repeat(token.length - 1)}`;
    return number !== undefined ? '1'.repeat(token.length) : token;
  });
  const hint = /\bwith\s*\(([^(){}]*)\)\s*$/.exec(query);
  if (hint) {
    for (const pair of (hint[1] as string).split(',')) {
      const [name = '', value = ''] = pair.split('=').map((part) => part.trim());
      hints.set(name, value);
    }
    text = text.slice(0, hint.index) + ' '.repeat(query.length - hint.index);
  }
  return { text, hints };
}

// Attribute names are matched whole, so that nothing inside them is taken for a token.
const attributeName =
  '(?:resource|span|event|link|instrumentation|parent)?\\.(?![0-9])(?:"(?:[^"\\\\]|\\\\.)*"|[^\\s{}()=~!<>&|^,"])+';
const tokens = new RegExp(
  `("(?:[^"\\\\]|\\\\.)*"|\`[^\`]*\`|${attributeName})` +
    '|\\b(nestedSetParent|nestedSetLeft|nestedSetRight|span:childCount)\\b' +
    '|((?<![\\w.])(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[a-zµ]+(?:\\d+(?:\\.\\d+)?[a-zµ]+)*)|(?<![\\w.)])\\.\\d+)',
  'g',
);
