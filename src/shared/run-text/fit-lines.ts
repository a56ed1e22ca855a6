import { estimateTokens } from './estimate-tokens';

/**
 * As many lines as fit into a number of tokens, the first ones, and where some do not, a last line that `more` makes of those left
 * out. `head` stays whatever it takes.
 */
export function fitLines(
  head: readonly string[],
  lines: readonly string[],
  budget: number,
  more: (leftOut: readonly string[]) => string,
): string {
  let left = budget - cost(head);
  const kept: string[] = [];
  const reserve = lines.length > 0 ? cost([more(lines)]) : 0;
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    if (cost([line]) > left - (isLast ? 0 : reserve)) break;
    left -= cost([line]);
    kept.push(line);
  }
  const leftOut = lines.slice(kept.length);
  return [...head, ...kept, ...(leftOut.length > 0 ? [more(leftOut)] : [])].join('\n');
}

function cost(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + estimateTokens(line) + 1, 0);
}
