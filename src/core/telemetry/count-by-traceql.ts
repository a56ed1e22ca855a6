import type { ServiceOperation } from '../../shared/contract/services';
import type { Attribute } from '../../shared/contract/telemetry';
import type { ServiceSpans } from '../../shared/service-spans';

/** Answers a metrics query of TraceQL: one value a series, durations in seconds. */
type Aggregate = (query: string) => Promise<{ series: { labels: Attribute[]; value: number }[] }>;

const requests = '{ kind = server || kind = consumer }';
const quantiles = [0.5, 0.95, 0.99] as const;

interface Group {
  values: string[];
  count: number;
}

/** The spans of each service as any Tempo counts them; its quantiles are estimates, held to the longest duration. */
export async function servicesByTraceQl(aggregate: Aggregate): Promise<ServiceSpans[]> {
  const by = ['resource.service.name'];
  const [spans, errors, asked, failed, ofRequests, ofSpans] = await Promise.all([
    counted(aggregate, '{}', by),
    counted(aggregate, '{ status = error }', by),
    counted(aggregate, requests, by),
    counted(aggregate, `${requests.slice(0, 1)} (kind = server || kind = consumer) && status = error }`, by),
    measured(aggregate, requests, by),
    measured(aggregate, '{}', by),
  ]);
  return [...spans].map(([key, { values, count }]) => ({
    name: values[0]!,
    spans: count,
    errors: errors.get(key)?.count ?? 0,
    requests: asked.get(key)?.count ?? 0,
    failedRequests: failed.get(key)?.count ?? 0,
    ...(asked.has(key) ? ofRequests : ofSpans)(key),
    rates: [],
    failures: [],
  }));
}

/** The operations of one service likewise, the most frequent first. */
export async function operationsByTraceQl(service: string, aggregate: Aggregate): Promise<ServiceOperation[]> {
  const by = ['name', 'kind'];
  const own = `resource.service.name = ${JSON.stringify(service)}`;
  const [spans, errors, durations] = await Promise.all([
    counted(aggregate, `{ ${own} }`, by),
    counted(aggregate, `{ ${own} && status = error }`, by),
    measured(aggregate, `{ ${own} }`, by),
  ]);
  return [...spans]
    .map(([key, { values, count }]) => ({
      name: values[0]!,
      kind: kinds.find((kind) => kind === values[1]) ?? ('unspecified' as const),
      spans: count,
      errors: errors.get(key)?.count ?? 0,
      ...durations(key),
    }))
    .sort((a, b) => b.spans - a.spans);
}

const kinds = ['internal', 'server', 'client', 'producer', 'consumer'] as const;

async function counted(aggregate: Aggregate, spanset: string, by: readonly string[]): Promise<Map<string, Group>> {
  const { series } = await aggregate(`${spanset} | count_over_time() by (${by.join(', ')})`);
  return new Map(
    series.map(({ labels, value }) => {
      const values = valuesOf(labels, by);
      return [JSON.stringify(values), { values, count: value }];
    }),
  );
}

/** What the durations of a group are, nanoseconds; spans of no length are in no bucket, and their quantiles 0. */
async function measured(aggregate: Aggregate, spanset: string, by: readonly string[]) {
  const fields = by.join(', ');
  const [estimated, longest] = await Promise.all([
    aggregate(`${spanset} | quantile_over_time(duration, ${quantiles.join(', ')}) by (${fields})`),
    aggregate(`${spanset} | max_over_time(duration) by (${fields})`),
  ]);
  const most = new Map(longest.series.map(({ labels, value }) => [JSON.stringify(valuesOf(labels, by)), value * 1e9]));
  const estimates = new Map(
    estimated.series.map(({ labels, value }) => [JSON.stringify(valuesOf(labels, [...by, 'p'])), value * 1e9]),
  );
  return (key: string) => {
    const longestNs = most.get(key) ?? null;
    const at = (share: number) => {
      const estimate = estimates.get(JSON.stringify([...(JSON.parse(key) as string[]), String(share)])) ?? 0;
      return longestNs === null ? null : Math.min(estimate, longestNs);
    };
    return { p50Ns: at(0.5), p95Ns: at(0.95), p99Ns: at(0.99), longestNs };
  };
}

function valuesOf(labels: readonly Attribute[], fields: readonly string[]): string[] {
  return fields.map((field) => String(labels.find(({ key }) => key === field)?.value ?? ''));
}
