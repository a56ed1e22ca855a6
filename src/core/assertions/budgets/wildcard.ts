/** Whether a text is as written, where `*` stands for anything. */
export function matchesWildcard(text: string, written: string): boolean {
  const parts = written.split('*');
  if (parts.length === 1) return text === written;
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
