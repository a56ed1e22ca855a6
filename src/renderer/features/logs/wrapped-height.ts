import { lineText } from '../../../shared/line-text';
import type { LogLine } from '../../ui/log-list/log-buffer';
import { logRowHeight } from '../../ui/log-list/log-list';

/** CSS pixels of one line of a wrapped text. */
export const wrappedLineHeight = 18;
/** A row shows no more of its text than this many lines: the details show all. */
export const mostWrappedLines = 12;

/**
 * Height of a row whose text wraps after `columns` characters. Counted and not measured: ten thousand rows keep their places
 * without having been drawn. A character that is wider than others may be cut at the end of the row.
 */
export function wrappedHeight(line: Pick<LogLine, 'line' | 'labels'>, columns: number): number {
  return logRowHeight + (wrappedLines(line, columns) - 1) * wrappedLineHeight;
}

export function wrappedLines(line: Pick<LogLine, 'line' | 'labels'>, columns: number): number {
  let count = 0;
  for (const part of lineText(line).split('\n', mostWrappedLines)) {
    count += Math.max(1, Math.ceil(part.length / Math.max(1, columns)));
    if (count >= mostWrappedLines) return mostWrappedLines;
  }
  return count;
}
