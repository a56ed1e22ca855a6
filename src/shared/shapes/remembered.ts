const mostTexts = 20_000;
const usualLongest = 2000;

/**
 * A function of a text that remembers its answers: telemetry repeats itself. Forgets the older half when there are too many; `longest` is
 * how many characters a text may have that is remembered: of longer ones as many fewer.
 */
export function remembered(make: (text: string) => string, longest = usualLongest): (text: string) => string {
  const most = (mostTexts * usualLongest) / longest;
  let recent = new Map<string, string>();
  let older = new Map<string, string>();
  return (text) => {
    const known = recent.get(text);
    if (known !== undefined) return known;
    const made = older.get(text) ?? make(text);
    if (text.length > longest) return made;
    if (recent.size >= most / 2) {
      older = recent;
      recent = new Map();
    }
    recent.set(text, made);
    return made;
  };
}
