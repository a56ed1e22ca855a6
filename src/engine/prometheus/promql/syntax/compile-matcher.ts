import { compileWhole } from '../../../regex/compile-whole';
import type { Matcher } from '../sample-source';

/** A test of a label's value ('' for a missing label). Throws as `compileRegex` does. */
export function compileMatcher(matcher: Matcher): (value: string) => boolean {
  switch (matcher.operator) {
    case '=':
      return (value) => value === matcher.value;
    case '!=':
      return (value) => value !== matcher.value;
    case '=~':
    case '!~': {
      const wanted = matcher.operator === '=~';
      const matches = compileWhole(matcher.value);
      return (value) => matches(value) === wanted;
    }
  }
}
