import type { Layout } from './layout/lay-out-graph';
import type { MapEdge } from './make-graph';

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/**
 * Where an arrow leads from a node: right along the busiest call to what is called, left to the busiest caller, up and down within the
 * layer. Null where there is nothing.
 */
export function stepAlong(
  node: string,
  direction: Direction,
  edges: readonly MapEdge[],
  { layers, places }: Pick<Layout, 'layers' | 'places'>,
): string | null {
  if (direction === 'ArrowRight' || direction === 'ArrowLeft') {
    const [own, other] = direction === 'ArrowRight' ? (['from', 'to'] as const) : (['to', 'from'] as const);
    const along = edges.filter((edge) => edge[own] === node && edge[other] !== node);
    return along.sort((a, b) => b.edge.requests - a.edge.requests)[0]?.[other] ?? null;
  }
  const layer = layers.find((each) => each.includes(node)) ?? [];
  const ordered = layer.toSorted((a, b) => places.get(a)!.y - places.get(b)!.y || places.get(a)!.x - places.get(b)!.x);
  return ordered[ordered.indexOf(node) + (direction === 'ArrowDown' ? 1 : -1)] ?? null;
}
