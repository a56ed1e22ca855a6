import type { OperationCounts } from './count-operations';

/** Rows that are looked at of the selection, and about so many of what it is held against. */
const MOST_SELECTED = 15_000;
const MOST_AGAINST = 25_000;
/** An operation of which there are few is looked at so far. */
const LEAST_AGAINST = 500;
const MOST_OPERATIONS = 100;
/** A share of rows is told in parts of this. */
export const PARTS = 1_000_000;

export interface SamplePlan {
  /** By operation: rows of every million, of the selection and of the other population. */
  readonly selected: readonly number[];
  readonly against: readonly number[];
  /** Rows that there will be at most, by far. */
  readonly most: number;
  /** Operations of the selection that are not looked at. */
  readonly leftOut: number;
}

/**
 * Which part of the spans of each operation is looked at: of the selection the same of all, of the rest those operations alone that
 * the selection has, each as far as it weighs there.
 */
export function planSample({ operations }: OperationCounts): SamplePlan {
  const total = operations.reduce((sum, { selection }) => sum + selection.count, 0);
  const heaviest = operations
    .map(({ selection, against }, at) => ({ at, count: selection.count, both: against.count > 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => Number(b.both) - Number(a.both) || b.count - a.count || a.at - b.at);
  const kept = new Set(heaviest.slice(0, MOST_OPERATIONS).map(({ at }) => at));
  const ofSelection = Math.min(PARTS, Math.ceil((PARTS * MOST_SELECTED) / Math.max(1, total)));
  const selected = operations.map((_, at) => (kept.has(at) ? ofSelection : 0));
  let most = Math.min(total, MOST_SELECTED);
  const against = operations.map(({ selection, against: other }, at) => {
    if (!kept.has(at) || other.count === 0) return 0;
    const wanted = Math.max(LEAST_AGAINST, (MOST_AGAINST * selection.count) / total);
    most += Math.min(other.count, wanted);
    return Math.min(PARTS, Math.ceil((PARTS * wanted) / other.count));
  });
  return { selected, against, most: Math.ceil(1.5 * most) + 1000, leftOut: heaviest.length - kept.size };
}
