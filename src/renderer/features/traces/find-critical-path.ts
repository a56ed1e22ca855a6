import type { TraceLayout } from './layout-trace';

/** A stretch of time, nanoseconds after the start of the trace. */
export interface Stretch {
  from: number;
  to: number;
}

/**
 * The chain of work that decided how long the trace took: for each node position on it, the stretches during which the
 * trace waited for that very span. Walked backwards from the end of the longest root: before the cursor, time belongs to
 * the child that ended last, else to the span itself.
 */
export function findCriticalPath({ nodes }: TraceLayout): ReadonlyMap<number, readonly Stretch[]> {
  const path = new Map<number, Stretch[]>();
  const roots = nodes.flatMap((node, position) => (node.parent === -1 ? [position] : []));
  const longest = roots.reduce(
    (best, root) => (nodes[root]!.end > (nodes[best]?.end ?? -1) ? root : best),
    roots[0] ?? -1,
  );
  if (longest === -1) return path;

  const stack: { position: number; from: number; to: number }[] = [
    { position: longest, from: nodes[longest]!.start, to: nodes[longest]!.end },
  ];
  while (stack.length > 0) {
    const { position, from, to } = stack.pop()!;
    const stretches: Stretch[] = [];
    path.set(position, stretches);
    let cursor = to;
    const byEnd = [...nodes[position]!.children].sort((a, b) => nodes[b]!.end - nodes[a]!.end);
    for (const child of byEnd) {
      const { start, end } = nodes[child]!;
      // Work that goes on after the parent's end, or that another child overlaps, held nobody up.
      if (end > cursor || end <= from || start >= cursor) continue;
      if (end < cursor) stretches.push({ from: end, to: cursor });
      const begin = Math.max(start, from);
      stack.push({ position: child, from: begin, to: end });
      cursor = begin;
    }
    if (cursor > from) stretches.push({ from, to: cursor });
    stretches.reverse();
  }
  return path;
}
