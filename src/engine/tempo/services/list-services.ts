import type { ServiceSpans } from '../../../shared/service-spans';
import type { StoreReader } from '../../store/reader';
import { DURATION_UNKNOWN } from '../../store/span-times';
import { numberServices } from './number-services';

const NANOS = 1_000_000n;
const PERCENTILE = 0.95;

interface Row {
  service: number;
  spans: number;
  errors: number;
  p95: number | null;
  longest: number | null;
}

/** Each service with spans that start within the range, in the order of their names; durations that are not known count in none. */
export async function listServices(
  reader: StoreReader,
  { startMs, endMs }: { startMs: bigint; endMs: bigint },
  signal: AbortSignal,
): Promise<ServiceSpans[]> {
  const { names, table } = numberServices(reader);
  if (table === null) return [];
  const rows = await reader.database.rows<Row>(
    `SELECT r.service::INTEGER AS service, count(*)::DOUBLE AS spans, count(*) FILTER (s.status = 2)::DOUBLE AS errors,
       quantile_disc(s.duration_ns, ${PERCENTILE}) FILTER (s.times & ${DURATION_UNKNOWN} = 0)::DOUBLE AS p95,
       max(s.duration_ns) FILTER (s.times & ${DURATION_UNKNOWN} = 0)::DOUBLE AS longest
     FROM spans s JOIN ${table} r ON r.resource = s.resource
     WHERE s.start_ns >= ${startMs * NANOS}::UBIGINT AND s.start_ns < ${endMs * NANOS}::UBIGINT
     GROUP BY r.service`,
    [],
    { signal },
  );
  return rows
    .map(({ service, spans, errors, p95, longest }) => ({
      name: names[service]!,
      spans,
      errors,
      p95Ns: p95,
      longestNs: longest,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
