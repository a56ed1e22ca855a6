import type { ServiceEdge } from '../../../shared/contract/services';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import { serviceGraphQueries } from '../../../shared/requests/service-graph-queries';
import type { PrometheusClient } from '../prometheus-client';
import { namesWithoutProbes } from '../without-probes';

interface Asked {
  window: TimeWindow;
  /** Only the edges to and from it. */
  of?: string | undefined;
  limit: number;
}

type Labels = Record<string, string>;

/** The edges of the service graph by Prometheus' counters of a window, the busiest first. */
export async function readServiceGraph(
  prometheus: Pick<PrometheusClient, 'query'>,
  { window, of, limit }: Asked,
  signal?: AbortSignal,
): Promise<{ edges: ServiceEdge[]; total: number }> {
  const queries = serviceGraphQueries(window, of);
  const ask = async (query: string) => {
    const { series } = await prometheus.query(query, window.to, signal);
    return new Map(series.map(({ labels, values }) => [keyOf(labels), { labels, value: Number(values[0]?.[1] ?? 0) }]));
  };
  const [requests, failed, clientSeconds, serverSeconds, clientCount, serverCount] = await Promise.all([
    ask(queries.requests),
    ask(queries.failed),
    ask(queries.clientSeconds),
    ask(queries.serverSeconds),
    ask(queries.clientCount),
    ask(queries.serverCount),
  ]);
  const edges = [...requests]
    .filter(
      ([, { labels, value }]) =>
        value > 0 && namesWithoutProbes([labels.client ?? '', labels.server ?? '']).length === 2,
    )
    .map(([key, { labels, value }]): ServiceEdge => {
      const mean = (seconds: Map<string, { value: number }>, count: Map<string, { value: number }>) => {
        const sum = seconds.get(key)?.value ?? 0;
        return sum > 0 ? (sum / (count.get(key)?.value ?? Number.POSITIVE_INFINITY)) * 1e9 : null;
      };
      return {
        client: labels.client ?? '',
        server: labels.server ?? '',
        kind: kindOf(labels),
        requests: Math.max(1, Math.round(value)),
        failed: Math.round(failed.get(key)?.value ?? 0),
        meanNs: mean(clientSeconds, clientCount) ?? mean(serverSeconds, serverCount),
      };
    })
    .sort((a, b) => b.requests - a.requests || (`${a.client}\n${a.server}` < `${b.client}\n${b.server}` ? -1 : 1));
  return { edges: edges.slice(0, limit), total: edges.length };
}

function keyOf({ client = '', server = '', connection_type: type = '' }: Labels): string {
  return JSON.stringify([client, server, type]);
}

function kindOf({ client, connection_type: type }: Labels): ServiceEdge['kind'] {
  if (type === 'database') return 'database';
  if (type === 'messaging_system') return 'queue';
  if (type !== 'virtual_node') return 'service';
  return client === 'user' ? 'user' : 'outside';
}
