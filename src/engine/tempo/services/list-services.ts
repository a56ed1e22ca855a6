import type { ServiceSpans } from '../../../shared/service-spans';
import type { StoreReader } from '../../store/reader/reader';
import { durationColumns, type SpanRange, startsWithin } from './measured-spans';
import { numberServices } from './number-services';

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
  range: SpanRange,
  signal: AbortSignal,
): Promise<ServiceSpans[]> {
  const { names, table } = numberServices(reader);
  if (table === null) return [];
  const rows = await reader.database.rows<Row>(
    `SELECT r.service::INTEGER AS service, count(*)::DOUBLE AS spans, count(*) FILTER (s.status = 2)::DOUBLE AS errors,
       ${durationColumns}
     FROM spans s JOIN ${table} r ON r.resource = s.resource
     WHERE ${startsWithin(range)}
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
