import type { ServiceSpans } from '../../../shared/service-spans';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { DurationBuckets } from './duration-buckets';
import { bucketColumn, isRequest, type SpanRange, startsWithin, UNKNOWN_BUCKET } from './measured-spans';
import { numberServices } from './number-services';

/** Of rows that count a part of the time. */
const NO_BUCKET = UNKNOWN_BUCKET - 1;
const SHARES = [0.5, 0.95, 0.99];

/** Spans of one service that are requests, or that are none. */
interface Part {
  spans: number;
  errors: number;
  readonly durations: DurationBuckets;
  readonly rates: number[];
  readonly failures: number[];
}

/**
 * Each service, or the one that is named, with spans that start within the range, in the order of their names, with its spans and failures in as many parts
 * of the range, equally long. Durations that are not known count in none of the quantiles.
 */
export async function listServices(
  reader: StoreReader,
  range: SpanRange,
  { parts, service: only }: { parts: number; service?: string | undefined },
  signal: AbortSignal,
): Promise<ServiceSpans[]> {
  const { names, table } = numberServices(reader, only);
  const services = new Map<number, [others: Part, requests: Part]>();
  const partOf = (service: number, request: number): Part => {
    let both = services.get(service);
    if (!both) {
      both = [makePart(parts), makePart(parts)];
      services.set(service, both);
    }
    return both[request]!;
  };
  const partNs = ((range.endMs - range.startMs) * 1_000_000n) / BigInt(Math.max(1, parts)) || 1n;
  const slot = `least((s.start_ns - ${range.startMs * 1_000_000n}::UBIGINT) // ${partNs}::UBIGINT, ${parts - 1})::USMALLINT`;
  // Both in one pass over the spans; a row of slots has no bucket and the other way round.
  const { columns, rowCount } = await reader.database.columns(
    `SELECT service::UINTEGER, request::UTINYINT, coalesce(bucket, ${NO_BUCKET})::USMALLINT, ${parts > 0 ? 'coalesce(slot, 0)::USMALLINT' : '0::USMALLINT'},
       count(*)::DOUBLE, (count(*) FILTER (status = 2))::DOUBLE, min(duration_ns)::DOUBLE, max(duration_ns)::DOUBLE
     FROM (SELECT r.service, ${isRequest} AS request, ${bucketColumn} AS bucket, ${parts > 0 ? `${slot} AS slot, ` : ''}s.status, s.duration_ns
       FROM spans s JOIN ${table} r ON r.resource = s.resource WHERE ${startsWithin(range)})
     GROUP BY ${parts > 0 ? 'GROUPING SETS ((service, request, bucket), (service, request, slot))' : 'service, request, bucket'}`,
    [],
    { signal },
  );
  const pace = new Pace(signal);
  const [service, request, bucket, at, spans, errors, min, max] = columns as readonly ArrayLike<number>[];
  for (let row = 0; row < rowCount; row++) {
    const part = partOf(service![row]!, request![row]!);
    if (bucket![row] === NO_BUCKET) {
      part.rates[at![row]!] = spans![row]!;
      part.failures[at![row]!] = errors![row]!;
    } else {
      part.spans += spans![row]!;
      part.errors += errors![row]!;
      part.durations.add(bucket![row]!, spans![row]!, min![row]!, max![row]!);
    }
    if (pace.isDue()) await pace.turn();
  }
  return [...services]
    .map(([number, both]) => summarize(names[number]!, both))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Latency and what came when are of the requests, or of all spans where the service has none. */
function summarize(name: string, [others, requests]: readonly [Part, Part]): ServiceSpans {
  const { durations, rates, failures } = requests.spans > 0 ? requests : others;
  const [p50Ns, p95Ns, p99Ns] = durations.quantiles(SHARES);
  return {
    name,
    spans: others.spans + requests.spans,
    errors: others.errors + requests.errors,
    requests: requests.spans,
    failedRequests: requests.errors,
    p50Ns: p50Ns!,
    p95Ns: p95Ns!,
    p99Ns: p99Ns!,
    longestNs: durations.longest(),
    rates,
    failures,
  };
}

function makePart(parts: number): Part {
  const zeros = () => new Array<number>(parts).fill(0);
  return { spans: 0, errors: 0, durations: new DurationBuckets(), rates: zeros(), failures: zeros() };
}
