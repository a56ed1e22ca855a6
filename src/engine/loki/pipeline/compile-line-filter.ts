import { compileRegex } from '../../regex/compile-regex';
import { literalAlternatives } from '../../regex/literal-alternatives';
import type { LineFilter } from '../logql/ast';
import { findIp, parseIpPattern } from '../logql/match-ip';
import { compilePatternTest } from './line-pattern';

/** So many are found one after the other sooner than by an expression. */
const FEW_LITERALS = 16;

/** The test of a line filter with all its alternatives. */
export function compileLineFilter(filter: LineFilter): (line: string) => boolean {
  const tests = filter.alternatives.map(({ text, ip }) => {
    if (ip) {
      const matches = parseIpPattern(text)!;
      return (line: string) => findIp(matches, line);
    }
    if (filter.operator.endsWith('>')) return compilePatternTest(text);
    if (!filter.operator.endsWith('~')) return (line: string) => line.includes(text);
    const literals = literalAlternatives(text);
    if (literals && literals.size <= FEW_LITERALS) {
      const words = [...literals];
      return (line: string) => words.some((word) => line.includes(word));
    }
    const regex = compileRegex(text);
    return (line: string) => regex.test(line);
  });
  const negated = filter.operator.startsWith('!');
  return (line) => tests.some((test) => test(line)) !== negated;
}
