import { QueryError } from '../logql/query-error';

/** Points of all series of one query, those between two operators included: 9 bytes each. */
const MAX_POINTS = 10_000_000;

/** What the series of a query may take together; asked before each is made. */
export class PointBudget {
  private left = MAX_POINTS;

  hold(points: number): void {
    this.left -= points;
    if (this.left >= 0) return;
    throw new QueryError(
      `the query makes more than ${MAX_POINTS} points (series times steps): take a longer step, a shorter range, or aggregate by fewer labels`,
    );
  }
}
