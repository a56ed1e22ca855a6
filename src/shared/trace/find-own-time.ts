import type { Stretch } from './find-critical-path';
import type { TraceLayout } from './layout-trace';

/** The stretches of a span during which none of its children ran: its own work, or a gap in the instrumentation. */
export function findOwnTime({ nodes }: TraceLayout<unknown>, position: number): Stretch[] {
  const { start, end, children } = nodes[position]!;
  const own: Stretch[] = [];
  let cursor = start;
  for (const child of children) {
    const { start: childStart, end: childEnd } = nodes[child]!;
    if (childStart > cursor) own.push({ from: cursor, to: Math.min(childStart, end) });
    cursor = Math.max(cursor, childEnd);
    if (cursor >= end) return own;
  }
  own.push({ from: cursor, to: end });
  return own;
}
