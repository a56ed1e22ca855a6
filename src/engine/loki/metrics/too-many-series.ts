import { QueryError } from '../logql/query-error';

/** Label sets of one metric query. */
export const MAX_SERIES = 20_000;

/** In Loki's words, with the limit that holds here. */
export function tooManySeries(limit = MAX_SERIES): QueryError {
  return new QueryError(
    `maximum number of series (${limit}) reached for a single query; consider reducing query cardinality by adding more specific stream selectors, reducing the time range, or aggregating results with functions like sum(), count() or topk()`,
  );
}
