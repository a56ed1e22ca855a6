import { splitByMatches } from './split-by-matches';

/** A text with every place marked where one of `needles` stands. */
export function MarkText({ text, needles }: { text: string; needles: readonly string[] }) {
  if (needles.length === 0) return text;
  return splitByMatches(text, needles).map(({ from, part, isMatch }) =>
    isMatch ? (
      <mark key={from} className="rounded-sm bg-warn-soft text-ink ring-1 ring-warn/30">
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
