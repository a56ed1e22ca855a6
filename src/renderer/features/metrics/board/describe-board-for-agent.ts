import type { BoardChart } from '../../../../shared/contract/host';
import { showPlainText } from '../../../../shared/show-plain-text';

/** The board as a list of questions in PromQL. */
export function describeBoardForAgent(charts: readonly BoardChart[]): string {
  return charts
    .map(({ title, query, unit }) => `- ${showPlainText(title)}${unit ? ` (${showPlainText(unit)})` : ''}\n  ${query}`)
    .join('\n');
}
