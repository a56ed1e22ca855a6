import type { Operation } from '../../../shared/contract/services';
import type { StoreReader } from '../../store/reader/reader';
import { durationColumns, type SpanRange, startsWithin } from './measured-spans';
import { numberServices } from './number-services';

interface Row {
  service: number;
  name: string;
  spans: number;
  p95: number;
  longest: number;
}

/**
 * The names of spans with the longest 95th percentiles among the spans that start within the range, the longest first;
 * durations that are not known count in none. A text can have several ids, so names are grouped by their text.
 */
export async function listSlowestOperations(
  reader: StoreReader,
  range: SpanRange,
  limit: number,
  signal: AbortSignal,
): Promise<Operation[]> {
  const { names, table } = numberServices(reader);
  const within = startsWithin(range);
  const rows = await reader.database.rows<Row>(
    `SELECT r.service::INTEGER AS service, coalesce(n.value, '') AS name, count(*)::DOUBLE AS spans,
       ${durationColumns}
     FROM spans s JOIN ${table} r ON r.resource = s.resource
     LEFT JOIN (SELECT id, value FROM strings WHERE id IN (SELECT s.name FROM spans s WHERE ${within})) n ON n.id = s.name
     WHERE ${within}
     GROUP BY r.service, n.value
     HAVING p95 > 0
     ORDER BY p95 DESC, n.value, r.service
     LIMIT ${limit}`,
    [],
    { signal },
  );
  return rows.map(({ service, p95, longest, ...row }) => ({
    ...row,
    service: names[service]!,
    p95Ns: p95,
    longestNs: longest,
  }));
}
