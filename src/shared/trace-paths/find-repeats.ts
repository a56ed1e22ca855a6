import type { Span } from '../contract/telemetry';
import { readSpan } from '../shapes/read-span';
import type { TraceLayout } from '../trace/layout-trace';

/** Siblings that do the same: of one parent, service, kind and name. */
export interface Repeat {
  /** The same for the same siblings while their trace grows. */
  readonly id: string;
  /** Position of their parent in `TraceLayout.nodes`; -1 for roots. */
  readonly parent: number;
  /** By start; at least `leastRepeats`. */
  readonly positions: readonly number[];
  readonly service: string;
  /** Without what differs from call to call. */
  readonly name: string;
}

export interface Repeats {
  /** By the position of each that belongs to some. */
  readonly of: ReadonlyMap<number, Repeat>;
  readonly list: readonly Repeat[];
}

/** Fewer are easier read one by one. */
const leastRepeats = 5;

/** Groups of siblings that do the same, however their children differ. */
export function findRepeats({ nodes }: TraceLayout, least = leastRepeats): Repeats {
  const of = new Map<number, Repeat>();
  const list: Repeat[] = [];
  const group = (siblings: readonly number[], parent: number) => {
    if (siblings.length < least) return;
    const alike = new Map<string, number[]>();
    for (const position of siblings) {
      const { service, kind } = nodes[position]!.span;
      const key = `${service}\u0000${kind}\u0000${nameOf(nodes[position]!.span)}`;
      const same = alike.get(key);
      if (same) same.push(position);
      else alike.set(key, [position]);
    }
    for (const [key, positions] of alike) {
      if (positions.length < least) continue;
      const { span } = nodes[positions[0]!]!;
      const above = parent === -1 ? '' : nodes[parent]!.span.spanId;
      const repeat = { id: `${above}\u0000${key}`, parent, positions, service: span.service, name: nameOf(span) };
      list.push(repeat);
      for (const position of positions) of.set(position, repeat);
    }
  };
  const roots = nodes.flatMap(({ parent }, position) => (parent === -1 ? [position] : []));
  group(roots, -1);
  for (const [position, { children }] of nodes.entries()) group(children, position);
  return { of, list };
}

function nameOf(span: Span): string {
  return readSpan(span).name;
}
