import type { ServiceEdge } from '../../../shared/contract/services';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import type { PrometheusClient } from '../prometheus-client';
import type { TempoClient } from '../tempo-client';
import { readQueueEdges } from './read-queue-edges';
import { readServiceGraph } from './read-service-graph';

interface Sources {
  prometheus: Pick<PrometheusClient, 'query'>;
  tempo: Pick<TempoClient, 'aggregate'>;
}

interface Asked {
  window: TimeWindow;
  /** Only the edges to and from it. */
  of?: string | undefined;
  limit: number;
}

interface Calls {
  edges: ServiceEdge[];
  total: number;
  leftOut: string[];
}

/**
 * Who calls whom in a window, the busiest first: the edges of the service graph, and what goes to queues and comes from them. An edge
 * from one service to another by a queue gives way to the two that lead through it; of one service alone it stays, since it says whose
 * messages come.
 */
export async function readCalls(
  { prometheus, tempo }: Sources,
  { window, of, limit }: Asked,
  signal?: AbortSignal,
): Promise<Calls> {
  const [graph, queues] = await Promise.all([
    readServiceGraph(prometheus, { window, of, limit: Number.POSITIVE_INFINITY }, signal),
    readQueueEdges(tempo, { window, of }, signal).catch((error: unknown) => {
      signal?.throwIfAborted();
      return { edges: [], cut: error instanceof Error ? error.message : String(error) };
    }),
  ]);
  const through = of === undefined ? pathsThrough(queues.edges) : new Set<string>();
  const edges = [
    ...graph.edges.filter(({ kind, client, server }) => kind !== 'queue' || !through.has(pairOf(client, server))),
    ...queues.edges,
  ].sort((a, b) => b.requests - a.requests || (pairOf(a.client, a.server) < pairOf(b.client, b.server) ? -1 : 1));
  return {
    edges: edges.slice(0, limit),
    total: edges.length,
    leftOut: queues.cut === undefined ? [] : [`Not every queue stands by itself: ${queues.cut}`],
  };
}

/** Pairs of services of which one publishes to a queue from which the other takes. */
function pathsThrough(edges: readonly ServiceEdge[]): ReadonlySet<string> {
  const takers = new Map<string, string[]>();
  for (const { kind, system, client, server } of edges) {
    if (kind !== 'consume') continue;
    const queue = pairOf(system ?? '', client);
    takers.set(queue, [...(takers.get(queue) ?? []), server]);
  }
  return new Set(
    edges.flatMap(({ kind, system, client, server }) =>
      kind === 'publish' ? (takers.get(pairOf(system ?? '', server)) ?? []).map((taker) => pairOf(client, taker)) : [],
    ),
  );
}

function pairOf(a: string, b: string): string {
  return JSON.stringify([a, b]);
}
