import type { Pace } from '../../pace/pace';
import type { StoredSeries, StoreReader } from '../../store/reader/reader';
import { parsePromql } from '../promql/parse-promql';
import type { Matcher } from '../promql/terms/sample-source';
import { matchSeries } from '../selection/match-series';
import { EARLIEST_MS, LATEST_MS } from './parse-time';
import type { TimeRange } from './read-parameters';

/** The selectors of `match[]`, or the reason why one of them is none. */
export async function parseSelectors(
  texts: readonly string[],
  pace: Pace,
): Promise<{ selectors: (readonly Matcher[])[] } | { reason: string }> {
  const selectors: (readonly Matcher[])[] = [];
  for (const text of texts) {
    const parsed = await parsePromql(text, pace);
    if ('error' in parsed) return { reason: reasonOf(parsed.error.message) };
    const { ast } = parsed;
    if (ast.kind !== 'vector-selector') {
      return { reason: `1:1: parse error: a series selector was expected, not ${text}` };
    }
    // A selector of series has no time of its own.
    const shift = /\b(offset)\b|@/.exec(text.slice(ast.nameEnd));
    if (shift) {
      return {
        reason: `1:${ast.nameEnd + shift.index + 1}: parse error: unexpected ${shift[1] ? '<offset>' : '<op:@>'}`,
      };
    }
    selectors.push(ast.matchers);
  }
  return { selectors };
}

/** Series that one of the selectors matches (all, where there are none) and that have samples in the range. */
export async function selectSeries(
  { database, dictionary }: StoreReader,
  selectors: readonly (readonly Matcher[])[],
  { startMs, endMs }: TimeRange,
  pace: Pace,
): Promise<StoredSeries[]> {
  const all = dictionary.series();
  const matched = selectors.length === 0 ? [...all.values()] : await matchAny(all, selectors, pace);
  if (matched.length === 0 || (startMs === EARLIEST_MS && endMs === LATEST_MS)) return matched;

  const within = 'time_ms BETWEEN $1 AND $2';
  const { columns } = await database.columns(
    `SELECT DISTINCT series FROM samples WHERE ${within}
     UNION SELECT DISTINCT series FROM exponential_histograms WHERE ${within}`,
    [startMs, endMs],
    { signal: pace.signal },
  );
  const alive = new Set(columns[0] as Uint32Array);
  return matched.filter(({ id }) => alive.has(id));
}

/** The series that one of the selectors matches, each once. */
export async function matchAny(
  all: ReadonlyMap<number, StoredSeries>,
  selectors: readonly (readonly Matcher[])[],
  pace: Pace,
): Promise<StoredSeries[]> {
  const matched = new Set<StoredSeries>();
  for (const matchers of selectors) {
    for (const series of await matchSeries(all.values(), matchers, pace)) matched.add(series);
  }
  return [...matched];
}

/** Prometheus checks this rule of `match[]` itself, in words of its own. */
function reasonOf(message: string): string {
  return message.includes('vector selector must contain at least one non-empty matcher')
    ? 'match[] must contain at least one non-empty matcher'
    : message;
}
