import type { LineFilter } from '../logql/ast';
import { lineSql } from '../records/line-sql';
import type { SqlParameters } from './sql-parameters';

/** The filter over a record's line in SQL, or undefined where SQL has no exact equal (`|>`, `ip()`). */
export function pushLineFilter(filter: LineFilter, parameters: SqlParameters): string | undefined {
  if (filter.operator.endsWith('>') || filter.alternatives.some(({ ip }) => ip)) return undefined;
  const isRegex = filter.operator.endsWith('~');
  // DuckDB's RE2 may be older than the group syntax without P.
  if (isRegex && filter.alternatives.some(({ text }) => text.includes('(?<'))) return undefined;
  const tests = filter.alternatives.map(({ text }) => {
    const needsRegex = isRegex && /[\\^$.|?*+()[\]{}]/.test(text);
    return `${needsRegex ? 'regexp_matches' : 'contains'}(${lineSql}, ${parameters.add(text)})`;
  });
  const found = `(${tests.join(' OR ')})`;
  return filter.operator.startsWith('!') ? `NOT ${found}` : found;
}
