import { compareTexts } from '../../../../shared/compare-texts';
import type { LogPattern } from '../../../../shared/contract/log-patterns';
import { LOG_LEVELS } from '../../../../shared/log-level';

export type PatternOrder = 'change' | 'level' | 'service' | 'count';

/** A pattern with what tells it from the others. */
export type PatternRow = LogPattern & { readonly id: string };

const changes = ['new', 'more', 'gone', 'fewer'];
const levels: readonly string[] = LOG_LEVELS;

/** The greatest, worst or most changed first; services by name. */
export function sortPatterns(patterns: readonly LogPattern[], order: PatternOrder): PatternRow[] {
  const byCount = (a: LogPattern, b: LogPattern) => b.count - a.count || compareTexts(a.pattern, b.pattern);
  const byLevel = (a: LogPattern, b: LogPattern) => placeOf(levels, a.level) - placeOf(levels, b.level);
  const rows = patterns.map((row) => ({ ...row, id: JSON.stringify([row.service, row.level, row.pattern]) }));
  return rows.sort((a, b) => {
    if (order === 'level') return byLevel(a, b) || byCount(a, b);
    if (order === 'service') return compareTexts(a.service, b.service) || byCount(a, b);
    if (order === 'change')
      return (
        placeOf(changes, a.against?.change) - placeOf(changes, b.against?.change) || byLevel(a, b) || byCount(a, b)
      );
    return byCount(a, b);
  });
}

function placeOf(order: readonly string[], value: string | null | undefined): number {
  const place = order.indexOf(value ?? '');
  return place === -1 ? order.length : place;
}
