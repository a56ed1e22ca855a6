import type { ServiceOperation } from '../../../shared/contract/services';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { DurationBuckets } from './duration-buckets';
import { bucketColumn, type SpanRange, startsWithin } from './measured-spans';
import { resourcesOf } from './resources-of';

const SHARES = [0.5, 0.95, 0.99];

interface Found {
  spans: number;
  errors: number;
  readonly durations: DurationBuckets;
}

/** The names of one service's spans that start within the range, the most frequent ones, and how many there are in all. */
export async function listOperations(
  reader: StoreReader,
  service: string,
  range: SpanRange,
  limit: number,
  signal: AbortSignal,
): Promise<{ operations: ServiceOperation[]; total: number }> {
  const resources = resourcesOf(reader, service);
  if (resources.length === 0) return { operations: [], total: 0 };
  const within = `s.resource IN (${resources.join()}) AND ${startsWithin(range)}`;
  // A text can have several ids.
  const rows = await reader.database.columns(
    `WITH named AS (SELECT s.name AS id, s.kind, count(*) AS spans FROM spans s WHERE ${within} GROUP BY ALL),
     known AS (SELECT named.*, coalesce(n.value, '') AS text FROM named
       LEFT JOIN (SELECT id, value FROM strings WHERE id IN (SELECT id FROM named)) n ON n.id = named.id),
     ranked AS (SELECT text, kind, count(*) OVER () AS total FROM known GROUP BY text, kind ORDER BY sum(spans) DESC, text, kind LIMIT ${limit}),
     chosen AS (SELECT known.id, known.kind, ranked.text, ranked.total FROM known JOIN ranked ON ranked.text = known.text AND ranked.kind = known.kind)
     SELECT c.text, c.kind::UTINYINT, c.total::UINTEGER, ${bucketColumn}, count(*)::DOUBLE, (count(*) FILTER (s.status = 2))::DOUBLE,
       min(s.duration_ns)::DOUBLE, max(s.duration_ns)::DOUBLE
     FROM spans s JOIN chosen c ON c.id = s.name AND c.kind = s.kind WHERE ${within} GROUP BY ALL`,
    [],
    { signal },
  );
  const [texts, kinds, totals, buckets, spans, errors, min, max] = rows.columns as unknown as [
    readonly string[],
    ...ArrayLike<number>[],
  ];
  const found = new Map<string, Found & { name: string; kind: number }>();
  const pace = new Pace(signal);
  for (let row = 0; row < rows.rowCount; row++) {
    const [name, kind] = [texts[row]!, kinds![row]!];
    const key = `${kind} ${name}`;
    let operation = found.get(key);
    if (!operation) {
      operation = { name, kind, spans: 0, errors: 0, durations: new DurationBuckets() };
      found.set(key, operation);
    }
    operation.spans += spans![row]!;
    operation.errors += errors![row]!;
    operation.durations.add(buckets![row]!, spans![row]!, min![row]!, max![row]!);
    if (pace.isDue()) await pace.turn();
  }
  const operations = [...found.values()].map(({ name, kind, spans: count, errors: failed, durations }) => {
    const [p50Ns, p95Ns, p99Ns] = durations.quantiles(SHARES);
    return {
      name,
      kind: KINDS[kind] ?? 'unspecified',
      spans: count,
      errors: failed,
      p50Ns: p50Ns!,
      p95Ns: p95Ns!,
      p99Ns: p99Ns!,
      longestNs: durations.longest(),
    };
  });
  return { operations: operations.sort((a, b) => b.spans - a.spans), total: totals![0] ?? 0 };
}

/** As OTLP numbers them. */
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
