import { orderLayers } from './order-layers';
import { type Arc, rankNodes } from './rank-nodes';

export const nodeSize = { width: 200, height: 44 };
/** Between layers there is room for the numbers of a call. */
const gap = { x: 142, y: 14 };
/** A long arc takes a little room in each layer that it goes through. */
const passHeight = 6;
/** What comes from outside is seen so far before its node. */
const entry = 36;
const pulls = 8;

export interface Point {
  x: number;
  y: number;
}

export interface Layout {
  width: number;
  height: number;
  /** The upper left corner of each node. */
  places: ReadonlyMap<string, Point>;
  /** Where each arc goes along, its ends included, in the order of the arcs; of one that enters further in, its end alone. */
  routes: readonly Point[][];
  /** Nodes of each layer from the top. */
  layers: readonly (readonly string[])[];
}

/** Places nodes in layers, callers left of what they call, with few crossings and straight arcs; nodes without arcs stand below in rows. */
export function layOutGraph(ids: readonly string[], arcs: readonly Arc[]): Layout {
  const joined = new Set(arcs.flatMap(({ from, to }) => (from === to ? [] : [from, to])));
  const connected = ids.filter((id) => joined.has(id));
  const rank = rankNodes(connected, arcs);
  const layers: string[][] = Array.from({ length: Math.max(0, ...rank.values()) + 1 }, () => []);
  for (const id of connected) layers[rank.get(id)!]!.push(id);
  const steps: Arc[] = [];
  const chains = arcs.map(({ from, to, enters }, index) =>
    enters && rank.get(to)! > rank.get(from)! + 1 ? [to] : chainOf(from, to, index, rank, layers, steps),
  );
  const ordered = orderLayers(layers, steps);
  const tops = alignLayers(ordered, steps);
  const places = new Map<string, Point>();
  for (const [layer, nodes] of ordered.entries()) {
    for (const id of nodes) places.set(id, { x: layer * (nodeSize.width + gap.x), y: tops.get(id)! });
  }
  const routes = chains.map((chain) => routeOf(chain, places, joined));
  const lowest = Math.max(0, ...routes.flat().map(({ y }) => y));
  const below = Math.max(lowest, ...connected.map((id) => places.get(id)!.y + nodeSize.height));
  const shown = new Map(connected.map((id) => [id, places.get(id)!] as const));
  const columns = Math.max(4, ordered.length);
  const apart = ids.filter((id) => !joined.has(id));
  apart.forEach((id, index) => {
    shown.set(id, {
      x: (index % columns) * (nodeSize.width + gap.x / 4),
      y: (below === 0 ? 0 : below + 3 * gap.y) + Math.floor(index / columns) * (nodeSize.height + gap.y),
    });
  });
  const all = [...shown.values()];
  return {
    width: Math.max(0, ...all.map(({ x }) => x + nodeSize.width)),
    height: Math.max(lowest, ...all.map(({ y }) => y + nodeSize.height)),
    places: shown,
    routes,
    layers: [...ordered.map((layer) => layer.filter((id) => joined.has(id))), apart],
  };
}

/** The nodes an arc goes through: itself where its ends are neighbours, else one that is only passed in each layer between. */
function chainOf(
  from: string,
  to: string,
  index: number,
  rank: ReadonlyMap<string, number>,
  layers: string[][],
  steps: Arc[],
): string[] {
  const [start, end] = [rank.get(from) ?? 0, rank.get(to) ?? 0];
  if (end <= start) return [from, to];
  const chain = [from];
  for (let layer = start + 1; layer < end; layer++) {
    const passed = `\0${index} ${layer}`;
    layers[layer]!.push(passed);
    chain.push(passed);
  }
  chain.push(to);
  for (let i = 1; i < chain.length; i++) steps.push({ from: chain[i - 1]!, to: chain[i]! });
  return chain;
}

/** How far from the top each node stands: near the middle of its neighbours, in the order of its layer, without overlap. */
function alignLayers(layers: readonly (readonly string[])[], steps: readonly Arc[]): Map<string, number> {
  const tops = new Map<string, number>();
  const near = new Map<string, string[]>();
  for (const { from, to } of steps) {
    near.set(from, [...(near.get(from) ?? []), to]);
    near.set(to, [...(near.get(to) ?? []), from]);
  }
  const heights = layers.map((layer) => layer.reduce((sum, id) => sum + heightOf(id) + gap.y, 0));
  const tallest = Math.max(0, ...heights);
  for (const [index, layer] of layers.entries()) {
    let top = (tallest - heights[index]!) / 2;
    for (const id of layer) {
      tops.set(id, top);
      top += heightOf(id) + gap.y;
    }
  }
  for (let pull = 0; pull < pulls; pull++) {
    const order = pull % 2 === 0 ? layers : layers.toReversed();
    for (const layer of order) {
      const wanted = layer.map((id) => {
        const others = near.get(id) ?? [];
        if (others.length === 0) return tops.get(id)!;
        const middle = others.reduce((sum, other) => sum + tops.get(other)! + heightOf(other) / 2, 0) / others.length;
        return middle - heightOf(id) / 2;
      });
      spread(layer, wanted).forEach((top, index) => {
        tops.set(layer[index]!, top);
      });
    }
  }
  const first = Math.min(...tops.values());
  for (const [id, top] of tops) tops.set(id, top - first);
  return tops;
}

/** The tops nearest to the wanted ones that keep order and distance: groups that would overlap move as one, about their middle. */
function spread(layer: readonly string[], wanted: readonly number[]): number[] {
  interface Group {
    start: number;
    height: number;
    sum: number;
    count: number;
  }
  const groups: Group[] = [];
  const offsets: number[] = [];
  for (const [index, id] of layer.entries()) {
    let group: Group = { start: wanted[index]!, height: heightOf(id) + gap.y, sum: wanted[index]!, count: 1 };
    offsets.push(0);
    while (groups.length > 0 && groups.at(-1)!.start + groups.at(-1)!.height > group.start) {
      const above = groups.pop()!;
      group = {
        start: 0,
        height: above.height + group.height,
        sum: above.sum + group.sum - group.count * above.height,
        count: above.count + group.count,
      };
      group.start = group.sum / group.count;
    }
    groups.push(group);
  }
  let index = 0;
  for (const { start, count } of groups) {
    let top = start;
    for (let i = 0; i < count; i++, index++) {
      offsets[index] = top;
      top += heightOf(layer[index]!) + gap.y;
    }
  }
  return offsets;
}

function heightOf(id: string): number {
  return id.startsWith('\0') ? passHeight : nodeSize.height;
}

function routeOf(chain: readonly string[], places: ReadonlyMap<string, Point>, joined: ReadonlySet<string>): Point[] {
  return chain.flatMap((id, index) => {
    const place = places.get(id);
    if (!place || (!joined.has(id) && !id.startsWith('\0'))) return [];
    const y = place.y + heightOf(id) / 2;
    if (chain.length === 1) {
      return [
        { x: place.x - entry, y },
        { x: place.x, y },
      ];
    }
    if (index === 0) return [{ x: place.x + nodeSize.width, y }];
    if (index === chain.length - 1) return [{ x: place.x, y }];
    return [
      { x: place.x, y },
      { x: place.x + nodeSize.width, y },
    ];
  });
}
