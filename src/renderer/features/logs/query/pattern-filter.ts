const value = '<*>';
/** Shorter pieces stand in nearly every line. */
const leastLiteral = 1;
/** An example is no longer than this: what is behind it is not known. */
const mostExample = 300;

/**
 * The pattern of a line filter (`|> "…"`) that finds the lines of a template: what the template keeps, in its order, with `<_>` for
 * the rest. Of the template only that is taken which stands in the example as it is: a template also evens out blanks, names of
 * fields and addresses. Null where nothing is left to look for.
 */
export function patternFilter(template: string, example: string): string | null {
  const line = example === '' ? template.replaceAll(value, '\u0000') : example;
  const parts: { text: string; from: number; to: number }[] = [];
  let at = 0;
  for (const literal of template.split(value)) {
    for (const piece of piecesOf(literal, line, at)) {
      const from = line.indexOf(piece, parts.length === 0 ? at : at + 1);
      if (from === -1 || (from === at && parts.length > 0)) continue;
      parts.push({ text: piece, from, to: from + piece.length });
      at = from + piece.length;
    }
  }
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return null;
  const begin = first.from === 0 && !template.startsWith(value) ? '' : '<_>';
  const isOpen = last.to < line.length || example.length >= mostExample || template.endsWith(value);
  return `${begin}${parts.map(({ text }) => text).join('<_>')}${isOpen ? '<_>' : ''}`;
}

/** A literal whole where the line has it so, else its words. */
function piecesOf(literal: string, line: string, from: number): string[] {
  const text = literal.replaceAll('<_>', '');
  if (text.trim().length < leastLiteral) return [];
  if (line.indexOf(text, from) !== -1) return [text];
  return text.split(/\s+/).filter((word) => word.length >= leastLiteral && line.indexOf(word, from) !== -1);
}
