import { RE2JS } from 're2js';
import { compileRegex } from './compile-regex';
import { literalAlternatives } from './literal-alternatives';

/**
 * A test for the whole of a text; `.` matches a newline, too. Texts that are named one by one become a table. Throws as
 * `compileRegex` does.
 */
export function compileWhole(pattern: string): (text: string) => boolean {
  const alternatives = literalAlternatives(pattern);
  if (alternatives) return (text) => alternatives.has(text);
  const regex = compileRegex(pattern, RE2JS.DOTALL);
  return (text) => regex.testExact(text);
}
