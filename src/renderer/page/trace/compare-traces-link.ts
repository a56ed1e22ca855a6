import { keepTime, type TimeSearch } from '../time-window';
import type { CompareTracesSearch } from './trace-search';

/** For a `Link`: where two traces are compared, `a` being the one that is measured against. It keeps the time window. */
export function compareTracesLink(a: string, b: string) {
  return {
    to: '/traces/compare' as const,
    search: (before: TimeSearch): CompareTracesSearch => ({ ...keepTime({ ...before }), a, b }),
  };
}
