import type { RE2JS } from 're2js';

/** Every match becomes `replacement`, which stands for itself: `$1` is no reference. The same string when none is found. */
export function replaceMatches(pattern: RE2JS, text: string, replacement: string): string {
  if (!pattern.test(text)) return text;
  const matcher = pattern.matcher(text);
  let result = '';
  let end = 0;
  while (matcher.find()) {
    result += text.slice(end, matcher.start()) + replacement;
    end = matcher.end();
  }
  return result + text.slice(end);
}
