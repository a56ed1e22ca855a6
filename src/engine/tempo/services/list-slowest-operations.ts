import type { Operation } from '../../../shared/contract/services';
import type { StoreReader } from '../../store/reader/reader';
import {
  bucketColumn,
  quantileOfBuckets,
  rankBuckets,
  type SpanRange,
  startsWithin,
  UNKNOWN_BUCKET,
} from './measured-spans';
import { numberServices } from './number-services';

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
  range: SpanRange,
  limit: number,
  signal: AbortSignal,
): Promise<Operation[]> {
  const { names, table } = numberServices(reader);
  // Names by their ids are counted first: there are few beside the spans, and fewer texts.
  const rows = await reader.database.rows<Row>(
    `WITH counted AS MATERIALIZED (SELECT r.service, s.name AS id, ${bucketColumn} AS bucket, count(*) AS spans, min(s.duration_ns) AS shortest, max(s.duration_ns) AS longest
       FROM spans s JOIN ${table} r ON r.resource = s.resource WHERE ${startsWithin(range)} GROUP BY ALL),
     named AS (SELECT service, coalesce(n.value, '') AS name, bucket, sum(spans)::DOUBLE AS spans, min(shortest) AS shortest, max(longest) AS longest
       FROM counted LEFT JOIN (SELECT id, value FROM strings WHERE id IN (SELECT id FROM counted)) n USING (id) GROUP BY ALL)
     SELECT service::INTEGER AS service, name, sum(spans) AS spans, ${quantileOfBuckets(PERCENTILE)} AS p95,
       (max(longest) FILTER (bucket <> ${UNKNOWN_BUCKET}))::DOUBLE AS longest
     FROM ${rankBuckets('named', 'service, name')} GROUP BY service, name
     HAVING p95 > 0
     ORDER BY p95 DESC, name, service
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
