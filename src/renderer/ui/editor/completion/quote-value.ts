/** A value as it is written in a string that `quote` opens, without its quotes; in backquotes nothing is escaped. */
export function quoteValue(value: string, quote: string): string {
  if (quote === '`') return value.replaceAll('`', '');
  return value
    .replace(/[\\"']/g, (char) => (char === '\\' || char === quote ? `\\${char}` : char))
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
}
