import type { Matcher } from '../logql/ast';
import { compileAnchored } from './compile-regex';

/** A test of a label's value; a label that is absent has the value ''. */
export function compileMatcher(matcher: Matcher): (value: string) => boolean {
  switch (matcher.operator) {
    case '=':
      return (value) => value === matcher.value;
    case '!=':
      return (value) => value !== matcher.value;
    case '=~':
      return compileAnchored(matcher.value);
    case '!~': {
      const matches = compileAnchored(matcher.value);
      return (value) => !matches(value);
    }
  }
}
