export interface MarkedPart {
  text: string;
  changed: boolean;
  /** Position in its text, characters. */
  offset: number;
}

/** Beyond this many pairs of words the middle is marked as a whole. */
const maxPairs = 40_000;

/** Both texts cut into parts, those marked that the other does not have: words and signs, by longest common sequence. */
export function markDifference(before: string, after: string): { before: MarkedPart[]; after: MarkedPart[] } {
  const a = words(before);
  const b = words(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const common = commonWords(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const isCommon = (length: number, found: ReadonlySet<number>) => (index: number) =>
    index < start || index >= length - end || found.has(index - start);
  return { before: parts(a, isCommon(a.length, common.a)), after: parts(b, isCommon(b.length, common.b)) };
}

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|./gsu) ?? [];
}

/** Indices of the words of a longest common subsequence. */
function commonWords(a: readonly string[], b: readonly string[]): { a: Set<number>; b: Set<number> } {
  const found = { a: new Set<number>(), b: new Set<number>() };
  if (a.length * b.length > maxPairs) return found;
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      found.a.add(i++);
      found.b.add(j++);
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
    else j++;
  }
  return found;
}

function parts(all: readonly string[], isCommon: (index: number) => boolean): MarkedPart[] {
  const marked: MarkedPart[] = [];
  let offset = 0;
  for (const [index, text] of all.entries()) {
    const changed = !isCommon(index);
    const last = marked.at(-1);
    if (last?.changed === changed) last.text += text;
    else marked.push({ text, changed, offset });
    offset += text.length;
  }
  return marked;
}
