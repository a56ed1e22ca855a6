/** A field's name as a label's: Loki's parsers put `_` for every other character, and before a leading digit. */
export function sanitizeLabel(key: string): string {
  const trimmed = key.trim();
  const prefixed = /^[0-9]/.test(trimmed) ? `_${trimmed}` : trimmed;
  return prefixed.replace(/[^a-zA-Z0-9_]/gu, '_');
}
