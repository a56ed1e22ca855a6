import type { Operation } from '../../../shared/contract/telemetry';
import type { StoreReader } from '../../store/reader';
import { DURATION_UNKNOWN } from '../../store/span-times';
import { numberServices } from './number-services';

const NANOS = 1_000_000n;
const PERCENTILE = 0.95;

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
  { startMs, endMs }: { startMs: bigint; endMs: bigint },
  limit: number,
  signal: AbortSignal,
): Promise<Operation[]> {
  const { names, table } = numberServices(reader);
  if (table === null) return [];
  const within = `s.start_ns >= ${startMs * NANOS}::UBIGINT AND s.start_ns < ${endMs * NANOS}::UBIGINT`;
  const rows = await reader.database.rows<Row>(
    `SELECT r.service::INTEGER AS service, coalesce(n.value, '') AS name, count(*)::DOUBLE AS spans,
       quantile_disc(s.duration_ns, ${PERCENTILE}) FILTER (s.times & ${DURATION_UNKNOWN} = 0)::DOUBLE AS p95,
       max(s.duration_ns) FILTER (s.times & ${DURATION_UNKNOWN} = 0)::DOUBLE AS longest
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
