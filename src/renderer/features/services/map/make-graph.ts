import type { ServiceActivity, ServiceEdge } from '../../../../shared/contract/services';
import type { NodeKind } from '../marks/node-name';

export interface MapNode {
  /** Its name for a service; else its kind and name, since a database can be called as a service. */
  id: string;
  name: string;
  kind: NodeKind;
  /** What a service sent. */
  activity: ServiceActivity | null;
}

export interface MapEdge {
  from: string;
  to: string;
  edge: ServiceEdge;
  /** Fails often, or takes much longer than the others. */
  failing: boolean;
  slow: boolean;
}

export interface ServiceGraph {
  nodes: MapNode[];
  edges: MapEdge[];
  /** Of how many nodes these are the busiest. */
  total: number;
}

/** More cannot be told apart on one map. */
const mostNodes = 150;
const failingFrom = 0.05;
/** Times the median, and at least so long: nanoseconds. */
const slowTimes = 10;
const slowFrom = 50e6;

/** The nodes and edges of a map: every service that sent a span, and what they call; of very many the busiest. */
export function makeGraph(edges: readonly ServiceEdge[], activities: readonly ServiceActivity[]): ServiceGraph {
  const nodes = new Map<string, MapNode>();
  const weights = new Map<string, number>();
  const active = new Map(activities.map((activity) => [activity.name, activity] as const));
  const add = (name: string, kind: NodeKind, weight: number): string => {
    const id = kind === 'service' ? name : `${kind}:${name}`;
    if (!nodes.has(id))
      nodes.set(id, { id, name, kind, activity: kind === 'service' ? (active.get(name) ?? null) : null });
    weights.set(id, (weights.get(id) ?? 0) + weight);
    return id;
  };
  const means = edges.flatMap(({ meanNs }) => meanNs ?? []).sort((a, b) => a - b);
  const median = means[Math.floor(means.length / 2)] ?? 0;
  const drawn = edges.map((edge): MapEdge => {
    const called = edge.kind === 'user' || edge.kind === 'queue' ? 'service' : edge.kind;
    return {
      from: add(edge.client, edge.kind === 'user' ? 'user' : 'service', edge.requests),
      to: add(edge.server, called, edge.requests),
      edge,
      failing: edge.failed / edge.requests >= failingFrom,
      slow: edge.meanNs !== null && edge.meanNs >= slowFrom && edge.meanNs >= slowTimes * median,
    };
  });
  for (const { name, spans } of activities) if (spans > 0) add(name, 'service', spans);
  const busiest = [...nodes.values()].sort((a, b) => weights.get(b.id)! - weights.get(a.id)!).slice(0, mostNodes);
  const kept = new Set(busiest.map(({ id }) => id));
  return {
    nodes: busiest.sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: drawn.filter(({ from, to }) => kept.has(from) && kept.has(to)),
    total: nodes.size,
  };
}
