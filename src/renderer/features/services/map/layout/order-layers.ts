import type { Arc } from './rank-nodes';

const sweeps = 12;

/** Orders the nodes of each layer so that few arcs between neighbouring layers cross: by the middle of their neighbours, again and again. */
export function orderLayers(layers: readonly (readonly string[])[], arcs: readonly Arc[]): string[][] {
  const before = neighbours(arcs, 'to');
  const after = neighbours(arcs, 'from');
  let current = layers.map((layer) => [...layer]);
  let best = current;
  let fewest = crossings(current, after);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    const down = sweep % 2 === 0;
    const next = current.map((layer) => [...layer]);
    const indexes = next.map((_, index) => index);
    for (const index of down ? indexes.slice(1) : indexes.slice(0, -1).reverse()) {
      const places = placesIn(next[down ? index - 1 : index + 1]!);
      const wanted = new Map(
        next[index]!.map((id, at) => [id, middle((down ? before : after).get(id) ?? [], places) ?? at] as const),
      );
      next[index]!.sort((a, b) => wanted.get(a)! - wanted.get(b)!);
    }
    current = next;
    const found = crossings(current, after);
    if (found < fewest) [best, fewest] = [current, found];
  }
  return best;
}

function neighbours(arcs: readonly Arc[], of: 'from' | 'to'): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const arc of arcs) {
    const list = found.get(arc[of]);
    const other = of === 'from' ? arc.to : arc.from;
    if (list) list.push(other);
    else found.set(arc[of], [other]);
  }
  return found;
}

function placesIn(layer: readonly string[]): Map<string, number> {
  return new Map(layer.map((id, index) => [id, index]));
}

function middle(ids: readonly string[], places: ReadonlyMap<string, number>): number | null {
  const known = ids.flatMap((id) => places.get(id) ?? []);
  return known.length === 0 ? null : known.reduce((sum, place) => sum + place, 0) / known.length;
}

function crossings(layers: readonly (readonly string[])[], after: ReadonlyMap<string, readonly string[]>): number {
  let found = 0;
  for (const [index, layer] of layers.entries()) {
    const places = placesIn(layers[index + 1] ?? []);
    const ends = layer.flatMap((id) =>
      (after.get(id) ?? []).flatMap((to) => places.get(to) ?? []).sort((a, b) => a - b),
    );
    for (let i = 0; i < ends.length; i++) for (let j = i + 1; j < ends.length; j++) if (ends[i]! > ends[j]!) found++;
  }
  return found;
}
