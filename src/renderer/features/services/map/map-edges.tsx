import { formatDuration } from '../../../../shared/format-duration';
import { formatPace } from '../../../client/format-pace';
import { describeErrorShare } from '../../../ui/marks/describe-error-share';
import { type Layout, nodeSize, type Point } from './layout/lay-out-graph';
import type { MapEdge } from './make-graph';

interface MapEdgesProps {
  edges: readonly MapEdge[];
  layout: Layout;
  windowMs: number;
  /** The node that is looked at: its edges stand out, with their numbers. */
  node: string | null;
}

/** Of so few each is told its numbers. */
const allLabelled = 14;

/** The calls as curves: thicker the more there are, by colour and shape where they fail or take long. */
export function MapEdges({ edges, layout, windowMs, node }: MapEdgesProps) {
  const most = Math.max(1, ...edges.map(({ edge }) => edge.requests));
  const isNear = ({ from, to }: MapEdge) => node !== null && (from === node || to === node);
  return (
    <svg
      aria-hidden
      className="pointer-events-none absolute top-0 left-0 overflow-visible"
      width={layout.width}
      height={layout.height}
    >
      <defs>
        {(['line-strong', 'accent', 'bad', 'warn'] as const).map((name) => (
          <marker
            key={name}
            id={`end-${name}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 .5 8 4 0 7.5Z" fill={`var(--color-${name})`} />
          </marker>
        ))}
      </defs>
      {edges.map((each, index) => {
        const { edge, failing, slow } = each;
        const route = layout.routes[index];
        if (!route || route.length < 2) return null;
        const near = isNear(each);
        const colour = failing ? 'bad' : slow ? 'warn' : near ? 'accent' : 'line-strong';
        const dimmed = node !== null && !near;
        return (
          <path
            key={`${each.from}\n${each.to}\n${edge.kind}`}
            d={entersFurtherIn(each, route, layout) ? `${dotAt(route[0]!)}${pathOf(route)}` : pathOf(route)}
            fill="none"
            stroke={`var(--color-${colour})`}
            strokeWidth={1 + 2.5 * Math.sqrt(edge.requests / most)}
            strokeDasharray={failing ? '7 4' : isOfQueue(edge) ? '2 5' : undefined}
            opacity={dimmed ? 0.25 : 1}
            markerEnd={`url(#end-${colour})`}
          />
        );
      })}
      {edges.map((each, index) => {
        const route = layout.routes[index];
        const near = isNear(each);
        const told = near || ((edges.length <= allLabelled || each.failing || each.slow) && node === null);
        if (!route || route.length < 2 || !told) return null;
        const at = middleOf(route);
        const text = labelOf(each, windowMs, near || edges.length <= allLabelled);
        const width = text.length * 5.7 + 10;
        const colour = each.failing ? 'var(--color-bad)' : each.slow ? 'var(--color-warn)' : 'var(--color-muted)';
        return (
          <g
            className="group-data-far/map:hidden"
            key={`${each.from}\n${each.to}\n${each.edge.kind}`}
            transform={`translate(${at.x - width / 2} ${at.y - 8})`}
          >
            <rect width={width} height={16} rx={4} fill="var(--color-canvas)" stroke="var(--color-line)" />
            <text x={width / 2} y={11.5} textAnchor="middle" fontSize={10} fill={colour}>
              {text}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** It comes from outside, and is drawn where it comes in alone. */
function entersFurtherIn({ from }: MapEdge, route: readonly Point[], { places }: Layout): boolean {
  return route[0]!.x !== (places.get(from)?.x ?? 0) + nodeSize.width;
}

/** A small ring, as the beginning of a path. */
function dotAt({ x, y }: Point): string {
  return `M${x - 6} ${y}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0`;
}

function isOfQueue({ kind }: MapEdge['edge']): boolean {
  return kind === 'queue' || kind === 'publish' || kind === 'consume';
}

function labelOf({ edge, failing, slow }: MapEdge, windowMs: number, whole: boolean): string {
  const { requests, failed, meanNs, kind } = edge;
  return [
    ...(whole ? [formatPace(requests, windowMs)] : []),
    ...(failing || (whole && failed > 0) ? [`◆ ${describeErrorShare(failed / requests).text}`] : []),
    ...(meanNs !== null && (slow || whole) ? [`${slow ? '▲ ' : ''}${formatDuration(meanNs)}`] : []),
    ...(kind === 'queue' && whole ? ['queue'] : []),
  ].join(' · ');
}

function pathOf(route: readonly Point[]): string {
  const [first, ...rest] = route;
  let path = `M${first!.x} ${first!.y}`;
  let before = first!;
  for (const point of rest) {
    // Back against the direction of reading: in an arc, so that it is seen as such.
    const back = point.x <= before.x;
    const reach = back ? 60 : Math.max(24, (point.x - before.x) / 2);
    const lift = back ? (point.y >= before.y ? 40 : -40) : 0;
    path +=
      point.y === before.y && !back
        ? `L${point.x} ${point.y}`
        : `C${before.x + reach} ${before.y + lift} ${point.x - reach} ${point.y + lift} ${point.x} ${point.y}`;
    before = point;
  }
  return path;
}

/** Between the two points in the middle. */
function middleOf(route: readonly Point[]): Point {
  const at = Math.floor((route.length - 1) / 2);
  const [a, b] = [route[at]!, route[at + 1]!];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
