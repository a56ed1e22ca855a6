/**
 * The query with what stands between quotes (double, single, backtick) replaced by spaces, the quotes and all places kept: what is
 * left can be searched for braces, operators and keywords.
 */
export function blankStrings(query: string): string {
  let blank = '';
  let quote = '';
  for (let at = 0; at < query.length; at++) {
    const character = query[at]!;
    if (quote === '') {
      if (character === '"' || character === "'" || character === '`') quote = character;
      blank += character;
    } else if (character === '\\' && quote !== '`' && at + 1 < query.length) {
      blank += '  ';
      at++;
    } else if (character === quote) {
      quote = '';
      blank += character;
    } else {
      blank += ' ';
    }
  }
  return blank;
}
