/**
 * How well a command is what was typed, 0 for not at all: each typed word stands in its label or its keywords as it is written. Letters
 * that only follow each other somewhere would make Enter do what nobody meant.
 */
export function matchCommand(label: string, typed: string, keywords: readonly string[] = []): number {
  const name = label.toLowerCase();
  const about = keywords.join('\n').toLowerCase();
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return 1;
  if (!words.every((word) => name.includes(word) || about.includes(word))) return 0;
  if (name.startsWith(words.join(' '))) return 1;
  if (!words.every((word) => name.includes(word))) return 0.3;
  return name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(first)) ? 0.8 : 0.5;
}
