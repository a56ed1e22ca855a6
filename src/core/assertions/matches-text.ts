import { RE2JS } from 're2js';
import type { TextPattern } from './case';

const compiled = new Map<string, RE2JS>();

/** Whether the text is, or has somewhere in it what matches. Patterns are Go's, checked when their file was read. */
export function matchesText(text: string, pattern: TextPattern): boolean {
  if ('equals' in pattern) return text === pattern.equals;
  const regex = compiled.get(pattern.matches) ?? RE2JS.compile(pattern.matches);
  compiled.set(pattern.matches, regex);
  return regex.matcher(text).find();
}
