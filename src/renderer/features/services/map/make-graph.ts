import type { ServiceActivity, ServiceEdge } from '../../../../shared/contract/services';
import { kindOfNode, type NodeKind } from '../marks/node-name';

export interface MapNode {
  /** Its name for a service; else its kind and name, since a database can be called as a service; of a queue its system, too. */
  id: string;
  name: string;
  kind: NodeKind;
  /** Messaging system of a queue. */
  system: string | undefined;
  /** What a service sent. */
  activity: ServiceActivity | null;
  /** What the edges to it and from it say together, for what sends no spans of its own. */
  calls: { into: CallSums; out: CallSums };
}

export interface CallSums {
  requests: number;
  failed: number;
  /** Weighted by the calls of which it is known; null where it is known of none. */
  meanNs: number | null;
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

const noCalls: CallSums = { requests: 0, failed: 0, meanNs: null };

/** The nodes and edges of a map: every service that sent a span, and what they call; of very many the busiest. */
export function makeGraph(edges: readonly ServiceEdge[], activities: readonly ServiceActivity[]): ServiceGraph {
  const nodes = new Map<string, MapNode>();
  const weights = new Map<string, number>();
  const active = new Map(activities.map((activity) => [activity.name, activity] as const));
  const add = (name: string, kind: NodeKind, weight: number, ofQueue?: string): string => {
    const system = kind === 'queue' ? ofQueue : undefined;
    const id = kind === 'service' ? name : [kind, ...(system && system !== name ? [system] : []), name].join(':');
    if (!nodes.has(id)) {
      const activity = kind === 'service' ? (active.get(name) ?? null) : null;
      nodes.set(id, { id, name, kind, system, activity, calls: { into: noCalls, out: noCalls } });
    }
    weights.set(id, (weights.get(id) ?? 0) + weight);
    return id;
  };
  const means = edges.flatMap(({ meanNs }) => meanNs ?? []).sort((a, b) => a - b);
  const median = means[Math.floor(means.length / 2)] ?? 0;
  const drawn = edges.map((edge): MapEdge => {
    return {
      from: add(edge.client, kindOfNode(edge, 'client'), edge.requests, edge.system),
      to: add(edge.server, kindOfNode(edge, 'server'), edge.requests, edge.system),
      edge,
      failing: edge.failed / edge.requests >= failingFrom,
      slow: edge.meanNs !== null && edge.meanNs >= slowFrom && edge.meanNs >= slowTimes * median,
    };
  });
  for (const node of nodes.values()) {
    node.calls = {
      into: sumCalls(drawn.filter(({ to }) => to === node.id)),
      out: sumCalls(drawn.filter(({ from }) => from === node.id)),
    };
  }
  for (const { name, spans } of activities) if (spans > 0) add(name, 'service', spans);
  const busiest = [...nodes.values()].sort((a, b) => weights.get(b.id)! - weights.get(a.id)!).slice(0, mostNodes);
  const kept = new Set(busiest.map(({ id }) => id));
  return {
    nodes: busiest.sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: drawn.filter(({ from, to }) => kept.has(from) && kept.has(to)),
    total: nodes.size,
  };
}

function sumCalls(edges: readonly MapEdge[]): CallSums {
  const measured = edges.filter(({ edge }) => edge.meanNs !== null);
  const weight = measured.reduce((sum, { edge }) => sum + edge.requests, 0);
  return {
    requests: edges.reduce((sum, { edge }) => sum + edge.requests, 0),
    failed: edges.reduce((sum, { edge }) => sum + edge.failed, 0),
    meanNs: weight === 0 ? null : measured.reduce((sum, { edge }) => sum + edge.meanNs! * edge.requests, 0) / weight,
  };
}
