import { describe, expect, it } from 'vitest';
import { estimateTokens } from './estimate-tokens';
import { fitLines } from './fit-lines';

const lines = Array.from({ length: 40 }, (_, index) => `- line ${'abcdefghij'[index % 10]} of some words`);
const more = (left: readonly string[]) => `… ${left.length} more lines that did not fit into this answer`;
const cost = (text: string) => text.split('\n').reduce((sum, line) => sum + estimateTokens(line) + 1, 0);

describe('fitLines', () => {
  it('keeps the first lines with what says how many are left out, within the budget', () => {
    for (let budget = 40; budget < 250; budget++) {
      const text = fitLines(['head'], lines, budget, more);
      expect(cost(text)).toBeLessThanOrEqual(budget);
      const shown = text.split('\n').slice(1, -1).length;
      expect(text.endsWith(more(lines.slice(shown)))).toBe(true);
    }
  });

  it('keeps all of them where they fit exactly', () => {
    const whole = ['head', ...lines].join('\n');
    expect(fitLines(['head'], lines, cost(whole), more)).toBe(whole);
  });
});
