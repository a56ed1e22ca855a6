import type { StoredSeries, StoreReader } from '../../store/reader';
import { matchSeries } from '../match-series';
import { parsePromql } from '../promql/parse-promql';
import type { Matcher } from '../promql/sample-source';
import { EARLIEST_MS, LATEST_MS } from './parse-time';
import type { TimeRange } from './read-parameters';

/** The selectors of `match[]`, or the reason why one of them is none. */
export function parseSelectors(texts: readonly string[]): { selectors: (readonly Matcher[])[] } | { reason: string } {
  const selectors: (readonly Matcher[])[] = [];
  for (const text of texts) {
    const parsed = parsePromql(text);
    if ('error' in parsed) return { reason: reasonOf(parsed.error.message) };
    if (parsed.ast.kind !== 'vector-selector') {
      return { reason: `1:1: parse error: a series selector was expected, not ${text}` };
    }
    selectors.push(parsed.ast.matchers);
  }
  return { selectors };
}

/** Series that one of the selectors matches (all, where there are none) and that have samples in the range. */
export async function selectSeries(
  { database, dictionary }: StoreReader,
  selectors: readonly (readonly Matcher[])[],
  { startMs, endMs }: TimeRange,
): Promise<StoredSeries[]> {
  const all = dictionary.series();
  const matched =
    selectors.length === 0
      ? [...all.values()]
      : [...new Set(selectors.flatMap((matchers) => matchSeries(all.values(), matchers)))];
  if (matched.length === 0 || (startMs === EARLIEST_MS && endMs === LATEST_MS)) return matched;

  const within = 'time_ms BETWEEN $1 AND $2';
  const { columns } = await database.columns(
    `SELECT DISTINCT series FROM samples WHERE ${within}
     UNION SELECT DISTINCT series FROM exponential_histograms WHERE ${within}`,
    [startMs, endMs],
  );
  const alive = new Set(columns[0] as Uint32Array);
  return matched.filter(({ id }) => alive.has(id));
}

/** Prometheus checks this rule of `match[]` itself, in words of its own. */
function reasonOf(message: string): string {
  return message.includes('vector selector must contain at least one non-empty matcher')
    ? 'match[] must contain at least one non-empty matcher'
    : message;
}
