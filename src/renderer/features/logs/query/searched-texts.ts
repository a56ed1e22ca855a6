/** A line filter that keeps lines with a text: `|= "…"` in either kind of quotes. */
const contains = /\|=\s*("(?:[^"\\]|\\.)*"|`[^`]*`)/g;
const string = /"(?:[^"\\]|\\.)*"|`[^`]*`/g;

/** The texts that a LogQL query looks for in lines, to mark them where they are found. */
export function searchedTexts(query: string): string[] {
  // What stands inside of a string is no filter.
  const inStrings = [...query.matchAll(string)].map(({ index, 0: text }) => [index, index + text.length] as const);
  return [...query.matchAll(contains)]
    .filter(({ index }) => !inStrings.some(([from, to]) => index > from && index < to))
    .map(([, literal = '']) => readString(literal))
    .filter((text) => text !== '');
}

function readString(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, -1);
  try {
    return JSON.parse(literal) as string;
  } catch {
    // An escape that Go knows and JSON does not: nothing is marked.
    return '';
  }
}
