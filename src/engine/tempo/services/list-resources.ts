import type { ServiceResource } from '../../../shared/contract/services';
import type { StoreReader } from '../../store/reader/reader';
import { type SpanRange, startsWithin } from './measured-spans';
import { resourcesOf } from './resources-of';

/** Characters of a value that are told. */
const MOST_OF_A_VALUE = 1000;

interface Row {
  resource: number;
  spans: number;
  logs: number;
  first: number;
  last: number;
}

/** The resources under whose name a service sent spans or lines within the range, the newest first, and how many there are. */
export async function listResources(
  reader: StoreReader,
  service: string,
  range: SpanRange,
  limit: number,
  signal: AbortSignal,
): Promise<{ resources: ServiceResource[]; total: number }> {
  const ids = resourcesOf(reader, service);
  if (ids.length === 0) return { resources: [], total: 0 };
  const ofService = `resource IN (${ids.join()})`;
  const { startMs, endMs } = range;
  const rows = await reader.database.rows<Row>(
    `SELECT resource::INTEGER AS resource, sum(spans)::DOUBLE AS spans, sum(logs)::DOUBLE AS logs,
       min(first)::DOUBLE / 1e6 AS first, max(last)::DOUBLE / 1e6 AS last
     FROM (
       SELECT s.resource, count(*) AS spans, 0 AS logs, min(s.start_ns) AS first, max(s.start_ns) AS last
       FROM spans s WHERE s.${ofService} AND ${startsWithin(range)} GROUP BY s.resource
       UNION ALL
       SELECT resource, 0, count(*), min(time_ns), max(time_ns)
       FROM logs WHERE ${ofService} AND time_ns >= ${startMs * 1_000_000n}::UBIGINT AND time_ns < ${endMs * 1_000_000n}::UBIGINT
       GROUP BY resource)
     GROUP BY ALL ORDER BY last DESC, resource DESC`,
    [],
    { signal },
  );
  const known = reader.dictionary.resources();
  return {
    total: rows.length,
    resources: rows.slice(0, limit).map(({ resource, spans, logs, first, last }) => ({
      attributes: (known.get(resource)?.attributes ?? []).map(({ key, text }) => ({ key, value: cut(text) })),
      spans,
      logs,
      firstMs: Math.floor(first),
      lastMs: Math.floor(last),
    })),
  };
}

function cut(text: string): string {
  return text.length > MOST_OF_A_VALUE ? `${text.slice(0, MOST_OF_A_VALUE)}… (${text.length} characters)` : text;
}
