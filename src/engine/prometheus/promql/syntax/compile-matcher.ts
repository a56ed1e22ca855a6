import { RE2JS } from 're2js';
import type { Matcher } from '../sample-source';
import { literalAlternatives } from './literal-alternatives';

/** A test of a label's value ('' for a missing label). Throws re2js' error where the regular expression is wrong. */
export function compileMatcher(matcher: Matcher): (value: string) => boolean {
  switch (matcher.operator) {
    case '=':
      return (value) => value === matcher.value;
    case '!=':
      return (value) => value !== matcher.value;
    case '=~':
    case '!~': {
      const wanted = matcher.operator === '=~';
      const alternatives = literalAlternatives(matcher.value);
      if (alternatives) return (value) => alternatives.has(value) === wanted;
      const pattern = RE2JS.compile(matcher.value, RE2JS.DOTALL);
      return (value) => pattern.matches(value) === wanted;
    }
  }
}
