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
  if (cost([...head, ...lines]) <= budget) return [...head, ...lines].join('\n');
  let left = budget - cost([...head, more(lines)]);
  const kept: string[] = [];
  for (const line of lines) {
    left -= cost([line]);
    if (left < 0) break;
    kept.push(line);
  }
  const leftOut = lines.slice(kept.length);
  return [...head, ...kept, more(leftOut)].join('\n');
}

function cost(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + estimateTokens(line) + 1, 0);
}
