import type { LineFilter } from '../logql/ast';
import { compileRegex } from './compile-regex';
import { compilePatternTest } from './line-pattern';
import { findIp, parseIpPattern } from './match-ip';

/** The test of a line filter with all its alternatives. */
export function compileLineFilter(filter: LineFilter): (line: string) => boolean {
  const tests = filter.alternatives.map(({ text, ip }) => {
    if (ip) {
      const matches = parseIpPattern(text)!;
      return (line: string) => findIp(matches, line);
    }
    if (filter.operator.endsWith('>')) return compilePatternTest(text);
    if (!filter.operator.endsWith('~')) return (line: string) => line.includes(text);
    const regex = compileRegex(text);
    return (line: string) => regex.test(line);
  });
  const negated = filter.operator.startsWith('!');
  return (line) => tests.some((test) => test(line)) !== negated;
}
