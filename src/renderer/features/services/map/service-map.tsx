import { Maximize, Minus, Plus } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, useEffect, useMemo } from 'react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { IconButton } from '../../../ui/controls/icon-button';
import { layOutGraph, nodeSize } from './layout/lay-out-graph';
import type { ServiceGraph } from './make-graph';
import { MapEdges } from './map-edges';
import { MapNodeCard } from './map-node';
import { type Direction, stepAlong } from './step-along';
import { usePanZoom } from './use-pan-zoom';

interface ServiceMapProps {
  graph: ServiceGraph;
  windowMs: number;
  /** Id of the node that is looked at. */
  selected: string | null;
  /** Part of the names that are looked for: others are dimmed. */
  text: string;
  onSelect: (id: string | null) => void;
  onOpen: (id: string) => void;
}

/** A smaller map than this has numbers that nobody can read. */
const farAway = 0.8;
/** CSS pixels on the screen, where the cards have room. */
const leastName = 11;
const arrows: readonly string[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] satisfies Direction[];

/** Who calls whom, from left to right. Arrows walk along the calls, Enter opens a service, plus, minus and 0 zoom. */
export function ServiceMap({ graph, windowMs, selected, text, onSelect, onOpen }: ServiceMapProps) {
  const { nodes, edges } = graph;
  const outside = new Set(nodes.filter(({ kind }) => kind === 'user').map(({ id }) => id));
  const structure = JSON.stringify([
    nodes.map(({ id }) => id),
    edges.map(({ from, to }) => [from, to, outside.has(from)]),
  ]);
  const layout = useMemo(() => {
    const [ids, arcs] = JSON.parse(structure) as [string[], [string, string, boolean][]];
    return layOutGraph(
      ids,
      arcs.map(([from, to, enters]) => ({ from, to, enters })),
    );
  }, [structure]);
  const { frame, view, isPart, showAll, zoom, show, handlers } = usePanZoom(layout);
  const place = selected === null ? undefined : layout.places.get(selected);
  useEffect(() => {
    if (place) show(place.x, place.y, nodeSize.width, nodeSize.height);
  }, [place, show]);

  const first = nodes.find(({ id }) => id === selected)?.id ?? nodes[0]?.id;
  const near = useMemo(() => {
    const found = new Set<string>();
    for (const { from, to } of edges) {
      if (from === selected) found.add(to);
      if (to === selected) found.add(from);
    }
    return found;
  }, [edges, selected]);
  const wanted = text.trim().toLowerCase();
  const onKeyDown = (id: string) => (event: KeyboardEvent) => {
    if (arrows.includes(event.key)) {
      event.preventDefault();
      const next = stepAlong(id, event.key as Direction, edges, layout);
      if (next !== null) frame.current?.querySelector<HTMLElement>(`[data-node=${CSS.escape(next)}]`)?.focus();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onOpen(id);
    } else if (event.key === 'Escape') onSelect(null);
    else if (event.key === '+' || event.key === '=') zoom(1.25);
    else if (event.key === '-') zoom(0.8);
    else if (event.key === '0') showAll();
  };
  return (
    <div className="relative min-h-0 min-w-0 flex-1">
      <section
        ref={frame}
        {...handlers}
        aria-label="Map of services. Arrow keys walk along the calls, Enter opens a service. The table has the same."
        className="absolute inset-0 cursor-grab touch-none overflow-hidden bg-canvas select-none active:cursor-grabbing"
      >
        <div
          className="group/map absolute top-0 left-0 origin-top-left"
          data-far={view.scale < farAway || undefined}
          style={
            {
              transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
              // From far away names alone are written, as large as they fit.
              '--name-size': `${Math.max(12, leastName / view.scale)}px`,
            } as CSSProperties
          }
        >
          <MapEdges edges={edges} layout={layout} windowMs={windowMs} node={place ? selected : null} />
          {nodes.map((node) => (
            <MapNodeCard
              key={node.id}
              node={node}
              place={layout.places.get(node.id)!}
              windowMs={windowMs}
              calls={tellCalls(node.id, graph)}
              selected={node.id === selected}
              dimmed={
                wanted === ''
                  ? place !== undefined && node.id !== selected && !near.has(node.id)
                  : !node.name.toLowerCase().includes(wanted)
              }
              focusable={node.id === first}
              onFocus={() => onSelect(node.id)}
              onOpen={() => onOpen(node.id)}
              onKeyDown={onKeyDown(node.id)}
            />
          ))}
        </div>
      </section>
      <div className="absolute bottom-3 left-3 flex rounded-md border border-line bg-surface">
        <IconButton label="Closer" size="sm" onClick={() => zoom(1.25)}>
          <Plus size={14} />
        </IconButton>
        <IconButton label="Further away" size="sm" onClick={() => zoom(0.8)}>
          <Minus size={14} />
        </IconButton>
        <IconButton label="The whole map" size="sm" onClick={showAll}>
          <Maximize size={14} />
        </IconButton>
        {isPart && (
          <span className="self-center border-l border-line px-2 text-2xs text-muted">A part is in sight</span>
        )}
      </div>
    </div>
  );
}

function tellCalls(id: string, { edges, nodes }: ServiceGraph): string {
  const nameOf = new Map(nodes.map((node) => [node.id, showPlainText(node.name)] as const));
  const named = (ids: readonly string[]) => ids.map((each) => nameOf.get(each) ?? each).join(', ');
  const calls = edges.filter(({ from }) => from === id).map(({ to }) => to);
  const callers = edges.filter(({ to }) => to === id).map(({ from }) => from);
  return [
    ...(calls.length > 0 ? [`Calls ${named(calls)}.`] : []),
    ...(callers.length > 0 ? [`Called by ${named(callers)}.`] : []),
  ].join(' ');
}
