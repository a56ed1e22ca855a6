import { counted } from '../counted';
import { fitLines } from '../run-text/fit-lines';
import { plainLine } from '../run-text/plain-line';
import type { CostReport } from '../sessions/session';
import { describePrices, formatCost, formatTokens } from './format-amounts';

const names: Readonly<Record<CostReport['by'], string>> = {
  session: 'session',
  model: 'model',
  repo: 'repository',
  tool: 'tool that the answers called',
  agent: 'agent',
};

/** What was used within a window as short text: the total, then the groups, what cost most first. */
export function describeCost({ by, total, rows, prices, leftOut }: CostReport, budget = 700): string {
  if (total.sessions === 0)
    return ['No model was called in this time.', ...leftOut.map((sentence) => `… ${plainLine(sentence)}`)].join('\n');
  const head = [
    `${formatCost(total.cost)} in ${counted(total.sessions, 'session')}, ${counted(total.calls, 'model call')}; ${formatTokens(total.tokens)}. By ${names[by]}:`,
    ...describePrices(prices, [total.cost]),
    ...leftOut.map((sentence) => `… ${plainLine(sentence)}`),
  ];
  const lines = rows.map(({ key, label, calls, tokens, cost }) => {
    const name = by === 'session' ? `${plainLine(key, 80)} ${plainLine(label, 80)}` : plainLine(label, 80);
    return `${formatCost(cost)} ${name}: ${counted(calls, 'call')}; ${formatTokens(tokens)}`;
  });
  return fitLines(head, lines, budget, (left) => `… ${left.length} more: --budget ${4 * budget}, or --json`);
}
