import type { ServiceSpans } from '../../../shared/service-spans';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { DurationBuckets } from './duration-buckets';
import { bucketColumn, isRequest, type SpanRange, startsWithin } from './measured-spans';
import { numberServices } from './number-services';

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
  const grouped = (column: string, values: string) =>
    reader.database.columns(
      `SELECT r.service::UINTEGER, (${isRequest})::UTINYINT, ${column}, ${values}
       FROM spans s JOIN ${table} r ON r.resource = s.resource
       WHERE ${startsWithin(range)}
       GROUP BY ALL`,
      [],
      { signal },
    );
  const counts = 'count(*)::DOUBLE, (count(*) FILTER (s.status = 2))::DOUBLE';
  const partNs = ((range.endMs - range.startMs) * 1_000_000n) / BigInt(Math.max(1, parts)) || 1n;
  const slot = `least((s.start_ns - ${range.startMs * 1_000_000n}::UBIGINT) // ${partNs}::UBIGINT, ${parts - 1})::USMALLINT`;
  const [byBucket, bySlot] = await Promise.all([
    grouped(bucketColumn, `${counts}, min(s.duration_ns)::DOUBLE, max(s.duration_ns)::DOUBLE`),
    parts > 0 ? grouped(slot, counts) : null,
  ]);
  const pace = new Pace(signal);
  const [service, request, bucket, spans, errors, min, max] = byBucket.columns as readonly ArrayLike<number>[];
  for (let row = 0; row < byBucket.rowCount; row++) {
    const part = partOf(service![row]!, request![row]!);
    part.spans += spans![row]!;
    part.errors += errors![row]!;
    part.durations.add(bucket![row]!, spans![row]!, min![row]!, max![row]!);
    if (pace.isDue()) await pace.turn();
  }
  if (bySlot) {
    const [ofService, ofRequest, at, came, failed] = bySlot.columns as readonly ArrayLike<number>[];
    for (let row = 0; row < bySlot.rowCount; row++) {
      const part = partOf(ofService![row]!, ofRequest![row]!);
      part.rates[at![row]!] = came![row]!;
      part.failures[at![row]!] = failed![row]!;
      if (pace.isDue()) await pace.turn();
    }
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
