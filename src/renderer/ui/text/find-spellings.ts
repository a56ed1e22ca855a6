/** More ways to write what is searched for are not marked. */
const mostSpellings = 24;

/** How a text that is searched for, whatever its case, is written in `texts`: what `MarkText` marks. */
export function findSpellings(searched: string, texts: Iterable<string>): string[] {
  if (searched === '') return [];
  const pattern = new RegExp(searched.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'giu');
  const found = new Set<string>();
  for (const text of texts) {
    for (const [spelling] of text.matchAll(pattern)) {
      found.add(spelling);
      if (found.size >= mostSpellings) return [...found];
    }
  }
  return [...found];
}
