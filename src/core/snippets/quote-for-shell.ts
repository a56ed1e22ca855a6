/** Bare where every shell reads the text as it stands. */
const plain = /^[A-Za-z0-9_./:@%+-]+$/;

/** POSIX: nothing is special in single quotes but the quote itself. Right for bash and zsh. */
export function quoteForPosix(text: string): string {
  return plain.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** `cmd.exe` and what starts programs on Windows. */
export function quoteForWindows(text: string): string {
  return plain.test(text) || /^[A-Za-z0-9_.:\\-]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

/** fish reads `\\` and `\'` as escapes within single quotes. */
export function quoteForFish(text: string): string {
  return plain.test(text) ? text : `'${text.replaceAll('\\', '\\\\').replaceAll("'", `\\'`)}'`;
}

/** PowerShell takes a doubled single quote, and counts the typographic ones as quotes as well. */
export function quoteForPowerShell(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

/**
 * One line of a `.env` file. Readers differ: all take text without specials bare and single-quoted text as it is; only
 * text with a single quote or a line break needs double quotes with escapes.
 */
export function quoteForDotenv(text: string): string {
  if (plain.test(text)) return text;
  if (!/['\n\r]/.test(text)) return `'${text}'`;
  const escaped = text
    .replace(/[\\"$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return `"${escaped}"`;
}
