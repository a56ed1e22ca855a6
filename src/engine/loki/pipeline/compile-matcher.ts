import { compileWhole } from '../../regex/compile-whole';
import type { Matcher } from '../logql/ast';

/** A test of a label's value; a label that is absent has the value ''. */
export function compileMatcher(matcher: Matcher): (value: string) => boolean {
  switch (matcher.operator) {
    case '=':
      return (value) => value === matcher.value;
    case '!=':
      return (value) => value !== matcher.value;
    case '=~':
      return compileWhole(matcher.value);
    case '!~': {
      const matches = compileWhole(matcher.value);
      return (value) => !matches(value);
    }
  }
}
