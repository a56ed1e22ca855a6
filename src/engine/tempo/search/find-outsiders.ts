import type { StoreReader } from '../../store/reader/reader';
import type { TraceId } from '../store/trace-id';
import { matchingRows, type TimeRange, traceIds } from './find-candidates';
import type { SearchParts } from './search-parts';

/**
 * Traces that overlap the range and whose spans that match lie before or after it, window by window.
 *
 * Mostly no span outside of the range matches, or few do: so what matches is looked for first and joined with the spans of
 * its traces. DuckDB reads nothing of the other side of a join once one is empty.
 */
export async function* findOutsiders(
  reader: StoreReader,
  range: TimeRange,
  parts: SearchParts,
): AsyncGenerator<TraceId[]> {
  const { signal } = range;
  const [start, end] = [`${range.startNs}::UBIGINT`, `${range.endNs}::UBIGINT`];
  // Names `start_ns` alone as well, so that zone maps rule out most rows.
  const outside = `(start_ns > ${end} OR (start_ns < ${start} AND start_ns + duration_ns < ${start}))`;
  const [rows] = await reader.database.rows<{ first: bigint | null; last: bigint | null }>(
    `SELECT min(seq) AS first, max(seq) AS last FROM spans WHERE ${outside}`,
    [],
    { signal },
  );
  if (rows?.first == null || rows.last == null) return;
  for await (const { condition, window } of parts.windows(rows.first, rows.last + 1n)) {
    const matching = matchingRows(condition, window);
    if (matching === undefined) continue;
    yield await traceIds(
      reader,
      range,
      `WITH found AS MATERIALIZED (SELECT trace_hi, trace_lo FROM spans s WHERE ${outside} AND ${matching} GROUP BY ALL)
       SELECT trace_hi, trace_lo FROM spans SEMI JOIN found USING (trace_hi, trace_lo) GROUP BY ALL
       HAVING min(start_ns) <= ${end} AND max(start_ns + duration_ns) >= ${start}`,
    );
  }
}
