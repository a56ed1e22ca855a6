import type { LogPattern } from '../../../../shared/contract/log-patterns';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { FoundPatterns } from './use-log-patterns';

const most = 30;

/** The patterns as short text for an agent, in the order that is shown. */
export function describePatterns(query: string, found: FoundPatterns, shown: readonly LogPattern[]): string {
  const { window, looked, lines, leftOut } = found;
  const time = `${new Date(window.from).toISOString()} to ${new Date(window.to).toISOString()}`;
  const rows = shown.slice(0, most).map(({ pattern, level, service, count, against }) => {
    const change = against?.change ? ` [${against.change}, was ${against.count}]` : '';
    return `${count} × ${level} ${service}: ${pattern}${change}`;
  });
  const rest = shown.length - rows.length;
  return [
    `Log patterns of ${query}`,
    `${time}: ${shown.length} patterns in ${looked}${lines !== null && lines > looked ? ` of ${lines}` : ''} lines; <*> varies`,
    ...rows,
    ...(rest > 0 ? [`and ${rest} further patterns`] : []),
    ...leftOut,
  ]
    .map((line) => showPlainText(line))
    .join('\n');
}
