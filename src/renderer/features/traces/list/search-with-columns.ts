import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { client } from '../../../client/contract-client';
import type { TraceSort } from '../../../page/page-search';

/**
 * The traces of `selecting`, which is `query` with its columns. Where that is refused, the reader's own query is asked: what
 * is refused of it is told by what was typed, and what is answered stands without the columns.
 */
export async function searchWithColumns(
  query: string,
  selecting: string,
  window: TimeWindow,
  limit: number,
  signal?: AbortSignal,
  order?: TraceSort,
) {
  const search = (q: string) => client.traces.search({ query: q, window, limit, ...(order && { order }) }, { signal });
  if (selecting === query) return search(query);
  try {
    return await search(selecting);
  } catch {
    signal?.throwIfAborted();
    return search(query);
  }
}
