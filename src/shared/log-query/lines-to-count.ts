import { everyLogLine } from '../requests/every-log-line';
import { withoutTexts } from '../trace-query/split-trace-query';

/** What can fail on a line and keeps it: parsers, templates, and comparisons with a number. */
const canFail = /\|\s*(?:json|logfmt|regexp|unpack|line_format|label_format)\b|\|[^|]*[\w)]\s*(?:[<>]=?|==)/;

/**
 * The selection of a LogQL query for a count of its lines. A line that a stage cannot read stays among the lines, and a count over it
 * is refused as a whole: so that it is counted as it is shown, what the stage said of it is dropped.
 */
export function linesToCount(query: string): string {
  const selection = query.trim() || everyLogLine;
  return canFail.test(withoutTexts(selection)) ? `${selection} | drop __error__, __error_details__` : selection;
}
