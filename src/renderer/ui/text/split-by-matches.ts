interface TextPart {
  /** 0-based place in the whole. */
  from: number;
  part: string;
  isMatch: boolean;
}

/** A text in parts, those that are one of `needles` told from the rest; of needles at one place the longest counts. */
export function splitByMatches(text: string, needles: readonly string[]): TextPart[] {
  const longestFirst = needles.filter((needle) => needle !== '').sort((a, b) => b.length - a.length);
  const parts: TextPart[] = [];
  let from = 0;
  while (from < text.length) {
    let next: { at: number; needle: string } | null = null;
    for (const needle of longestFirst) {
      const at = text.indexOf(needle, from);
      if (at !== -1 && (next === null || at < next.at)) next = { at, needle };
    }
    if (!next) break;
    if (next.at > from) parts.push({ from, part: text.slice(from, next.at), isMatch: false });
    parts.push({ from: next.at, part: next.needle, isMatch: true });
    from = next.at + next.needle.length;
  }
  if (from < text.length) parts.push({ from, part: text.slice(from), isMatch: false });
  return parts;
}
